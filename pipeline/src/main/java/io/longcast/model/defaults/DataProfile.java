package io.longcast.model.defaults;

import java.io.Serializable;

/**
 * What the choices depend on.
 *
 * @param season steps of one season by declaration or frequency, 1 for none
 * @param horizon steps to forecast, at least 1
 * @param allPositive whether every observed training value is above 0
 * @param shortLength training steps that a twentieth of the series do not have
 * @param medianLength training steps that half of the series do not have
 */
public record DataProfile(
    int season, int horizon, boolean allPositive, int shortLength, int medianLength)
    implements Serializable {

  public DataProfile {
    if (season < 1 || horizon < 1) {
      throw new IllegalArgumentException(
          "season and horizon must be >= 1, found " + season + " and " + horizon);
    }
  }

  /** Of series that are long enough for any choice. */
  public static DataProfile ofLongSeries(int season, int horizon, boolean allPositive) {
    return new DataProfile(season, horizon, allPositive, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
