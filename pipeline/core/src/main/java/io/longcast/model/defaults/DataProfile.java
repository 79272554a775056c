package io.longcast.model.defaults;

import java.io.Serializable;
import java.util.List;

/**
 * What the choices depend on.
 *
 * @param season steps of one season by declaration, by frequency or found, 1 for none
 * @param seasonFrom how the season was determined, as text
 * @param skipSeasons lags of the linear path, in seasons, as the data suggest
 * @param horizon steps to forecast, at least 1
 * @param allPositive whether every observed training value is above 0
 * @param shortLength training steps that a twentieth of the series do not have
 * @param medianLength training steps that half of the series do not have
 */
public record DataProfile(
    int season,
    String seasonFrom,
    List<Integer> skipSeasons,
    int horizon,
    boolean allPositive,
    int shortLength,
    int medianLength)
    implements Serializable {

  /** Lags of the linear path where the data suggest none. */
  public static final List<Integer> USUAL_SKIP = List.of(1, 7);

  public DataProfile {
    skipSeasons = List.copyOf(skipSeasons);
    if (season < 1 || horizon < 1) {
      throw new IllegalArgumentException(
          "season and horizon must be >= 1, found " + season + " and " + horizon);
    }
  }

  /** Of a season by frequency and the usual lags. */
  public DataProfile(
      int season, int horizon, boolean allPositive, int shortLength, int medianLength) {
    this(
        season,
        "the period usual for the frequency",
        USUAL_SKIP,
        horizon,
        allPositive,
        shortLength,
        medianLength);
  }

  /** Of series that are long enough for any choice. */
  public static DataProfile ofLongSeries(int season, int horizon, boolean allPositive) {
    return new DataProfile(season, horizon, allPositive, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
