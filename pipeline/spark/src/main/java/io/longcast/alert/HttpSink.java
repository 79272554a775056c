package io.longcast.alert;

import io.longcast.http.RequestFailedException;
import io.longcast.http.RetryingClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/**
 * Posts each alert as JSON with its key in the header {@code Idempotency-Key}, see {@link
 * RetryingClient} for what is tried again.
 */
final class HttpSink implements AlertSink {
  static final String KEY = "Idempotency-Key";

  private final AlertSpec spec;
  private final AlertSpec.Http endpoint;
  private final BodyTemplate body;
  private final RetryingClient client;

  HttpSink(AlertSpec spec, AlertSpec.Http endpoint) {
    this.spec = spec;
    this.endpoint = endpoint;
    body = endpoint.template();
    client =
        new RetryingClient(
            spec.attempts(), spec.backoff(), spec.timeout(), BodyHandlers.replacing(new byte[0]));
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public void deliver(List<Alert> alerts) throws UndeliveredException {
    for (Alert alert : alerts) {
      try {
        client.send(request(alert), "alert " + alert.key() + " to " + name());
      } catch (RequestFailedException failed) {
        throw new UndeliveredException(failed.getMessage(), failed.getCause());
      }
    }
  }

  private HttpRequest request(Alert alert) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.url()))
            .timeout(spec.timeout())
            .setHeader("Content-Type", "application/json")
            .setHeader("User-Agent", "longcast");
    endpoint.headers().orElse(Map.of()).forEach(request::setHeader);
    return request
        .setHeader(KEY, alert.key())
        .POST(HttpRequest.BodyPublishers.ofString(body.fill(alert)))
        .build();
  }
}
