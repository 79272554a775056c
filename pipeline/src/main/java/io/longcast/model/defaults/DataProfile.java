package io.longcast.model.defaults;

import java.io.Serializable;

/**
 * What the choices depend on.
 *
 * @param season steps of one season by declaration or frequency, 1 for none
 * @param horizon steps to forecast, at least 1
 * @param allPositive whether every observed training value is above 0
 */
public record DataProfile(int season, int horizon, boolean allPositive) implements Serializable {

  public DataProfile {
    if (season < 1 || horizon < 1) {
      throw new IllegalArgumentException(
          "season and horizon must be >= 1, found " + season + " and " + horizon);
    }
  }
}
