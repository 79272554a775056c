package io.longcast.tracking;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where trainings are logged (key {@code tracking}).
 *
 * @param mlflow an MLflow tracking server
 */
public record TrackingSpec(Mlflow mlflow) implements Serializable {

  /**
   * An MLflow tracking server.
   *
   * @param uri its address; empty: trainings are not logged
   * @param experiment that gets a run for each training; default {@code longcast}
   * @param registeredModel that gets a version for each training; default the run's name
   * @param required whether a training that cannot be logged fails; default false
   * @param attempts of a request, at least 1; default 4
   * @param backoff before the second attempt, doubled before each one after it, at least 0; default
   *     a second
   * @param timeout of a request, above 0; default 30 seconds
   */
  public record Mlflow(
      Optional<String> uri,
      String experiment,
      String registeredModel,
      boolean required,
      int attempts,
      Duration backoff,
      Duration timeout)
      implements Serializable {
    private static final String URI_KEY = "tracking.mlflow.uri";

    public Mlflow {
      uri.ifPresent(Mlflow::requireAddress);
      SettingChecks.require(
          !experiment.isBlank(), "tracking.mlflow.experiment", "a name", experiment);
      SettingChecks.require(
          !registeredModel.isBlank() && !registeredModel.matches(".*[/:].*"),
          "tracking.mlflow.registeredModel",
          "a name without / and :",
          registeredModel);
      SettingChecks.atLeast(attempts, 1, "tracking.mlflow.attempts");
      SettingChecks.require(!backoff.isNegative(), "tracking.mlflow.backoff", ">= 0", backoff);
      SettingChecks.require(
          !timeout.isNegative() && !timeout.isZero(), "tracking.mlflow.timeout", "> 0", timeout);
    }

    private static void requireAddress(String text) {
      URI address;
      try {
        address = URI.create(text);
      } catch (IllegalArgumentException broken) {
        throw new SettingException(URI_KEY, "tracking.mlflow.uri is not an address");
      }
      boolean http =
          address.getScheme() != null && Set.of("http", "https").contains(address.getScheme());
      if (!http || address.getHost() == null) {
        throw new SettingException(
            URI_KEY, "tracking.mlflow.uri must be http(s)://host…, the address of a server");
      }
      if (address.getRawUserInfo() != null) {
        throw new SettingException(
            URI_KEY,
            "tracking.mlflow.uri must not hold credentials: set MLFLOW_TRACKING_USERNAME and"
                + " MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment");
      }
    }
  }
}
