package io.longcast.alert;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each alert as JSON with its key in the header {@code Idempotency-Key}. A server that is not
 * reached, or answers 408, 429 or 5xx, is tried again with doubling pauses, or after the seconds of
 * its {@code Retry-After}; every other answer but 2xx is final for this run.
 */
final class HttpSink implements AlertSink {
  static final String KEY = "Idempotency-Key";

  private static final Logger LOG = LoggerFactory.getLogger(HttpSink.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int TOO_SLOW = 408;
  private static final int TOO_MANY = 429;

  private final AlertSpec spec;
  private final AlertSpec.Http endpoint;
  private final BodyTemplate body;
  private final HttpClient client;

  HttpSink(AlertSpec spec, AlertSpec.Http endpoint) {
    this.spec = spec;
    this.endpoint = endpoint;
    body = endpoint.template();
    client = HttpClient.newBuilder().connectTimeout(spec.timeout()).build();
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
      deliver(alert);
    }
  }

  private void deliver(Alert alert) throws UndeliveredException {
    HttpRequest request = request(alert);
    Duration pause = spec.backoff();
    for (int attempt = 1; ; attempt++) {
      Attempt made = attempt(request);
      if (made.isDelivered()) {
        return;
      }
      if (attempt == spec.attempts() || !made.isTransient()) {
        throw new UndeliveredException(
            "%s after %d of %d attempts".formatted(made.problem(), attempt, spec.attempts()));
      }
      Duration asked = made.retryAfter().orElse(pause);
      LOG.warn("alert {} to {}: {}, tries again in {}", alert.key(), name(), made.problem(), asked);
      pause(asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
      pause = pause.multipliedBy(2);
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

  /**
   * The result of one request.
   *
   * @param problem empty: delivered
   * @param isTransient whether another attempt may succeed
   * @param retryAfter as the server asked
   */
  private record Attempt(String problem, boolean isTransient, Optional<Duration> retryAfter) {
    boolean isDelivered() {
      return problem.isEmpty();
    }
  }

  private Attempt attempt(HttpRequest request) throws UndeliveredException {
    try {
      HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      int status = answer.statusCode();
      if (status / 100 == 2) {
        return new Attempt("", false, Optional.empty());
      }
      boolean again = status / 100 == 5 || status == TOO_SLOW || status == TOO_MANY;
      return new Attempt("HTTP " + status, again, again ? retryAfter(answer) : Optional.empty());
    } catch (IOException unreachable) {
      // Its message may hold the address.
      return new Attempt(unreachable.getClass().getSimpleName(), true, Optional.empty());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UndeliveredException("interrupted", stop);
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static void pause(Duration time) throws UndeliveredException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UndeliveredException("interrupted", stop);
    }
  }
}
