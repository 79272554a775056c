package io.longcast.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, before a server that answers as it is told. */
class MlflowServerTest {
  private final List<String> seen = new ArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void starts() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int status = statuses.isEmpty() ? 200 : statuses.remove(0);
          String header = exchange.getRequestHeaders().getFirst("Authorization");
          seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + header);
          exchange.getRequestBody().readAllBytes();
          byte[] body =
              "{\"error_code\": \"NO\", \"message\": \"not so\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void ends() {
    server.stop(0);
  }

  private MlflowServer client(Map<String, String> environment) {
    String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/behind/";
    TrackingSpec.Mlflow spec =
        new TrackingSpec.Mlflow(
            Optional.of(uri), "e", "m", false, 3, Duration.ofMillis(1), Duration.ofSeconds(5));
    return new MlflowServer(spec, environment::get);
  }

  @Test
  void credentialsComeFromTheEnvironment() throws TrackingException {
    client(Map.of("MLFLOW_TRACKING_TOKEN", "hunter2")).post("runs/create", Map.of());
    client(Map.of("MLFLOW_TRACKING_USERNAME", "a", "MLFLOW_TRACKING_PASSWORD", "b"))
        .get("experiments/get-by-name", "experiment_name", "a b&c");
    client(Map.of()).put("mlflow-artifacts:/1/x", "bundle/a b.bin", new byte[3]);
    assertThat(seen)
        .containsExactly(
            "POST /behind/api/2.0/mlflow/runs/create Bearer hunter2",
            "GET /behind/api/2.0/mlflow/experiments/get-by-name?experiment_name=a+b%26c Basic YTpi",
            "PUT /behind/api/2.0/mlflow-artifacts/artifacts/1/x/bundle/a%20b.bin null");
  }

  @Test
  void whatMayPassIsTriedAgainAndOtherAnswersAreFinal() throws TrackingException {
    statuses.addAll(List.of(503, 429, 200));
    client(Map.of()).post("runs/create", Map.of());
    assertThat(seen).hasSize(3);
    statuses.addAll(List.of(401));
    assertThatThrownBy(
            () -> client(Map.of("MLFLOW_TRACKING_TOKEN", "hunter2")).post("runs/x", Map.of()))
        .isInstanceOf(TrackingException.class)
        .hasMessageContaining("runs/x: HTTP 401 after 1 of 3 attempts: not so; set MLFLOW_")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void anAddressWithCredentialsIsRefusedWithoutThem() {
    assertThatThrownBy(
            () ->
                new TrackingSpec.Mlflow(
                    Optional.of("http://me:hunter2@host"),
                    "e",
                    "m",
                    false,
                    1,
                    Duration.ZERO,
                    Duration.ofSeconds(1)))
        .hasMessageContaining("MLFLOW_TRACKING_TOKEN")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void filesThatTheServerDoesNotServeAreNamed() {
    assertThatThrownBy(() -> client(Map.of()).put("s3://bucket/x", "a", new byte[0]))
        .hasMessageContaining("keeps files at s3:")
        .hasMessageContaining("--serve-artifacts");
  }
}
