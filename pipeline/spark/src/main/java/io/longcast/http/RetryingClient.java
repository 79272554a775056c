package io.longcast.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests. A server that is not reached, or answers 408, 429 or 5xx, is tried again with
 * doubling pauses, or after the seconds of its {@code Retry-After}; every other answer but 2xx is
 * final.
 */
public final class RetryingClient {
  private static final Logger LOG = LoggerFactory.getLogger(RetryingClient.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int TOO_SLOW = 408;
  private static final int TOO_MANY = 429;
  private static final int SHOWN = 4000;

  private final int attempts;
  private final Duration backoff;
  private final HttpClient client;
  private final BodyHandler<byte[]> answers;

  /**
   * @param attempts of a request, at least 1
   * @param backoff before the second attempt, doubled before each one after it
   * @param timeout of a connection; that of a request stands in the request
   * @param answers what is kept of an answer
   */
  public RetryingClient(
      int attempts, Duration backoff, Duration timeout, BodyHandler<byte[]> answers) {
    this.attempts = attempts;
    this.backoff = backoff;
    this.answers = answers;
    client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /** What one request came to; a problem that is empty is success. */
  private record Attempt(
      String problem, int status, byte[] body, boolean isTransient, Optional<Duration> retryAfter) {
    boolean isDone() {
      return problem.isEmpty();
    }

    RequestFailedException failure(int made, int allowed) {
      String text = new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8);
      return new RequestFailedException(
          "%s after %d of %d attempts".formatted(problem, made, allowed), status, text, null);
    }
  }

  /**
   * Sends a request until it is answered by success.
   *
   * @param what the request, for the log
   * @return the body of the answer
   */
  public byte[] send(HttpRequest request, String what) throws RequestFailedException {
    Duration pause = backoff;
    for (int attempt = 1; ; attempt++) {
      Attempt made = attempt(request);
      if (made.isDone()) {
        return made.body();
      }
      if (attempt == attempts || !made.isTransient()) {
        throw made.failure(attempt, attempts);
      }
      Duration asked = made.retryAfter().orElse(pause);
      LOG.warn("{}: {}, tries again in {}", what, made.problem(), asked);
      pause(asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
      pause = pause.multipliedBy(2);
    }
  }

  private Attempt attempt(HttpRequest request) throws RequestFailedException {
    try {
      HttpResponse<byte[]> answer = client.send(request, answers);
      int status = answer.statusCode();
      if (status / 100 == 2) {
        return new Attempt("", status, answer.body(), false, Optional.empty());
      }
      boolean again = status / 100 == 5 || status == TOO_SLOW || status == TOO_MANY;
      Optional<Duration> after = again ? retryAfter(answer) : Optional.empty();
      return new Attempt("HTTP " + status, status, answer.body(), again, after);
    } catch (IOException unreachable) {
      // Its message may hold the address.
      String problem = unreachable.getClass().getSimpleName();
      return new Attempt(problem, 0, new byte[0], true, Optional.empty());
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static void pause(Duration time) throws RequestFailedException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException stop) {
      throw interrupted(stop);
    }
  }

  private static RequestFailedException interrupted(InterruptedException stop) {
    Thread.currentThread().interrupt();
    return new RequestFailedException("interrupted", 0, "", stop);
  }
}
