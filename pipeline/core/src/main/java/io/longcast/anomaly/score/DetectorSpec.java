package io.longcast.anomaly.score;

import java.util.List;

/**
 * A combined streaming score: the maximum over its components, each in its own unit, and all
 * channels of the series; so 1 is rare for any component. The state per series has constant size:
 * the learning rows until they end, then the windows and memories of the components.
 *
 * @param channels parts that look at each channel alone; may be empty
 * @param halfLife rows after which a value counts half in means and variances, above 0
 * @param floor least deviation of a part, in robust units, above 0
 * @param clip deviations beyond which a value is learned as if it were no further off, at least 0;
 *     0 learns all as they are
 * @param drift distances of all channels together; may be empty
 * @param scaling units in which parts see the values of a channel
 * @param replay whether the learning rows are run through the components before the first row is
 *     scored; false where the scored rows do not follow them in time
 */
public record DetectorSpec(
    List<ComponentSpec> channels,
    double halfLife,
    double floor,
    double clip,
    List<DriftDistance.Settings> drift,
    Scaling scaling,
    boolean replay)
    implements CompositeScore.Factory {

  private static final int HALF_LIVES = 5;

  /** Units of the values. */
  public enum Scaling {
    /** Median and quartiles of the learning rows: any series. */
    ROBUST,
    /** As they are: where the data come scaled to a common range already. */
    NONE
  }

  public DetectorSpec {
    channels = List.copyOf(channels);
    drift = List.copyOf(drift);
    if (channels.isEmpty() && drift.isEmpty()) {
      throw new IllegalArgumentException("a detector needs channels or drift, found neither");
    }
    if (!(halfLife > 0 && floor > 0)) {
      throw new IllegalArgumentException(
          "halfLife and floor must be > 0, found " + halfLife + ", " + floor);
    }
    if (!(clip >= 0)) {
      throw new IllegalArgumentException("clip must be >= 0, found " + clip);
    }
  }

  /** All parts along a new series, each to be read apart. */
  public ComponentScores parts(int channelCount, int learningRows) {
    return new ComponentScores(this, channelCount, learningRows);
  }

  /**
   * Rows after which earlier values have practically no influence on a state: {@value #HALF_LIVES}
   * half-lives of all that fades, and all that is remembered for a number of rows. What the
   * learning rows fix, scales and covariances, is not forgotten.
   *
   * @param rowsPerDay rows of a day
   */
  public long memory(double rowsPerDay) {
    long parts =
        channels.stream()
            .mapToLong(part -> part.memory(HALF_LIVES, halfLife, rowsPerDay))
            .max()
            .orElse(0);
    int spans = drift.stream().mapToInt(DriftDistance.Settings::span).max().orElse(0);
    return Math.max(parts, HALF_LIVES * (long) spans);
  }

  /** Rows of a series, but for missing ones at its start, that its components may learn from. */
  public int learningRows() {
    return channels.stream().mapToInt(ComponentSpec::learningRows).max().orElse(0);
  }

  /**
   * Common period of all components in rows: skipping a multiple of it leaves later values
   * unchanged.
   */
  public int beat() {
    return channels.stream().mapToInt(ComponentSpec::beat).max().orElse(1);
  }

  /** All that decides which fields a state has, for comparison. */
  public String layout(int channelCount) {
    return "%d channels, parts %s, half-life %s, floor %s, clip %s, drift %s, scaling %s, replay %s"
        .formatted(channelCount, channels, halfLife, floor, clip, drift, scaling, replay);
  }

  /** The same without distances of all channels together. */
  public DetectorSpec withoutDrift() {
    return new DetectorSpec(channels, halfLife, floor, clip, List.of(), scaling, replay);
  }

  @Override
  public CompositeScore start(int channelCount, int learningRows) {
    return new Largest(parts(channelCount, learningRows));
  }

  private record Largest(ComponentScores parts) implements CompositeScore {
    @Override
    public double next(long micros, double[] values) {
      parts.next(micros, values);
      return parts.largest();
    }
  }
}
