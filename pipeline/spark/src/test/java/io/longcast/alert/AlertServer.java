package io.longcast.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** A receiver on the loopback interface that answers as it is told and drops known keys. */
public final class AlertServer implements AutoCloseable {
  /** Requests that were received, in their order, those that were answered by an error too. */
  public final List<String> requests = new ArrayList<>();

  /** What was taken in, by key: the first of each. */
  public final Map<String, JsonNode> taken = new LinkedHashMap<>();

  private final IntUnaryOperator statuses;
  private int port;
  private HttpServer server;

  /**
   * @param statuses the status of the n-th answer, from 0; an error of 500 takes the alert in all
   *     the same, as a server does that dies before it answers
   */
  public AlertServer(IntUnaryOperator statuses) {
    this.statuses = statuses;
    start();
  }

  /** Starts again on the same port. */
  public void start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      port = server.getAddress().getPort();
      server.createContext("/alerts", this::answer);
      server.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes no more requests. */
  public void stop() {
    server.stop(0);
  }

  public String url() {
    return "http://127.0.0.1:" + port + "/alerts?token=hush";
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst(HttpSink.KEY);
    int status = statuses.applyAsInt(requests.size());
    requests.add(key);
    JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
    if (status == 200 || status == 500) {
      taken.putIfAbsent(key, body);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    stop();
  }
}
