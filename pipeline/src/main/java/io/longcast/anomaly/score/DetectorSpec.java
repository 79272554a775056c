package io.longcast.anomaly.score;

import java.util.ArrayList;
import java.util.List;

/**
 * A combined streaming score: the largest of its parts, each in its own unit, over all channels of
 * the series; so 1 is rare for any part. State a series is constant: the learning rows until they
 * end, then the windows and memories of the parts.
 *
 * @param channels parts that look at each channel alone; may be empty
 * @param halfLife rows after which a value counts half in means and variances, above 0
 * @param floor least deviation of a part, in robust units, above 0
 * @param drift distances of all channels together; may be empty
 */
public record DetectorSpec(
    List<ChannelSpec> channels, double halfLife, double floor, List<DriftDistance.Settings> drift)
    implements RowScore.Factory {

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
  }

  @Override
  public RowScore start(int channelCount, int learningRows) {
    List<RowScore> parts = new ArrayList<>();
    if (!channels.isEmpty()) {
      parts.add(new ChannelScores(this, channelCount, learningRows));
    }
    drift.forEach(settings -> parts.add(settings.start(channelCount, learningRows)));
    return new Largest(List.copyOf(parts));
  }

  private record Largest(List<RowScore> parts) implements RowScore {
    @Override
    public double next(long micros, double[] values) {
      double most = 0;
      for (RowScore part : parts) {
        most = Math.max(most, part.next(micros, values));
      }
      return most;
    }
  }
}
