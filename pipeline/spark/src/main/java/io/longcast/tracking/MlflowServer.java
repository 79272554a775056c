package io.longcast.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.http.RequestFailedException;
import io.longcast.http.RetryingClient;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Requests to an MLflow server, with the credentials that MLflow's own clients take. */
final class MlflowServer {
  static final String EXISTS = "RESOURCE_ALREADY_EXISTS";
  static final String MISSING = "RESOURCE_DOES_NOT_EXIST";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String API = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "mlflow-artifacts";
  private static final int SHOWN = 300;

  private final TrackingSpec.Mlflow spec;
  private final String address;
  private final Optional<String> authorization;
  private final RetryingClient client;

  /**
   * @param environment gives the value of a variable, or null
   */
  MlflowServer(TrackingSpec.Mlflow spec, UnaryOperator<String> environment) {
    this.spec = spec;
    address = spec.uri().orElseThrow().replaceAll("/+$", "");
    authorization = authorization(environment);
    client =
        new RetryingClient(
            spec.attempts(), spec.backoff(), spec.timeout(), BodyHandlers.ofByteArray());
  }

  private static Optional<String> authorization(UnaryOperator<String> environment) {
    String token = environment.apply("MLFLOW_TRACKING_TOKEN");
    if (token != null && !token.isBlank()) {
      return Optional.of("Bearer " + token.strip());
    }
    String user = environment.apply("MLFLOW_TRACKING_USERNAME");
    String password = environment.apply("MLFLOW_TRACKING_PASSWORD");
    if (user == null || password == null) {
      return Optional.empty();
    }
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
  }

  /** Asks for something. */
  JsonNode get(String path, String parameter, String value) throws TrackingException {
    String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return send(request(API + path + query).GET(), path);
  }

  /** Posts a message of maps and lists. */
  JsonNode post(String path, Map<String, ?> message) throws TrackingException {
    return send(
        request(API + path)
            .setHeader("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json(message))),
        path);
  }

  private static byte[] json(Map<String, ?> message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists cannot be written as JSON", e);
    }
  }

  /**
   * Stores a file through the server.
   *
   * @param root of the run's files, as the server names it
   */
  void put(String root, String path, byte[] content) throws TrackingException {
    URI place = URI.create(root);
    if (!ARTIFACTS.equals(place.getScheme())) {
      throw new TrackingException(
          "the server keeps files at "
              + place.getScheme()
              + ":, which needs its own credentials; expected mlflow-artifacts: (start it with"
              + " --serve-artifacts and --artifacts-destination)",
          null);
    }
    String file = "/api/2.0/mlflow-artifacts/artifacts" + encoded(place.getPath() + "/" + path);
    send(request(file).PUT(HttpRequest.BodyPublishers.ofByteArray(content)), path);
  }

  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not a path: " + path, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(spec.timeout())
            .setHeader("User-Agent", "longcast");
    authorization.ifPresent(value -> request.setHeader("Authorization", value));
    return request;
  }

  private JsonNode send(HttpRequest.Builder request, String what) throws TrackingException {
    try {
      byte[] answer = client.send(request.build(), "mlflow " + what);
      return answer.length == 0 ? JSON.nullNode() : JSON.readTree(answer);
    } catch (RequestFailedException failed) {
      throw new TrackingException(what + ": " + words(failed), failed);
    } catch (IOException broken) {
      throw new TrackingException(
          what + ": the answer is not JSON; is tracking.mlflow.uri an MLflow server?", broken);
    }
  }

  private static String words(RequestFailedException failed) {
    String said = said(failed);
    String cut = said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said;
    String hint =
        switch (failed.status()) {
          case 0 -> "; is the server of tracking.mlflow.uri up?";
          case 401, 403 ->
              "; set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and"
                  + " MLFLOW_TRACKING_PASSWORD, in the environment";
          default -> "";
        };
    return failed.getMessage() + (cut.isEmpty() ? "" : ": " + cut) + hint;
  }

  private static String said(RequestFailedException failed) {
    try {
      return JSON.readTree(failed.body()).path("message").asText("");
    } catch (JsonProcessingException page) {
      return "";
    }
  }

  /** Whether a request failed for a reason that the server names so. */
  static boolean isCode(TrackingException failure, String code) {
    return failure.getCause() instanceof RequestFailedException request
        && request.body().contains("\"" + code + "\"");
  }
}
