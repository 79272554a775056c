package io.longcast.anomaly.baseline;

import io.longcast.anomaly.score.RowScore;
import java.util.Locale;

/** The simple detectors. Several channels: the largest score of any. */
public enum BaselineDetector implements RowScore.Factory {
  /** |x_t - x_(t-1)| against the running mean and deviation of earlier ones. */
  LAST_VALUE {
    @Override
    public RowScore start(int channels, int learningRows) {
      return new RunningZ(channels, true);
    }
  },
  /** |x_t - running mean| over the running deviation. */
  RUNNING_MEAN {
    @Override
    public RowScore start(int channels, int learningRows) {
      return new RunningZ(channels, false);
    }
  },
  /** The normal tail of a value in a window of the past; the rule of the Numenta benchmark. */
  WINDOWED_GAUSSIAN {
    @Override
    public RowScore start(int channels, int learningRows) {
      return new WindowedGaussian(channels);
    }
  },
  /** Peaks over threshold on the change from the last value. */
  PEAKS_OVER_THRESHOLD {
    @Override
    public RowScore start(int channels, int learningRows) {
      return new PeaksOverThreshold(channels, learningRows);
    }
  },
  /** Hotelling's T² of the learning rows over its 0.99 quantile there. */
  HOTELLING {
    @Override
    public RowScore start(int channels, int learningRows) {
      return new PrincipalDistance(channels, learningRows, false);
    }
  },
  /** T² and Q of a principal component analysis, each over its 0.99 quantile; the larger. */
  PRINCIPAL_COMPONENTS {
    @Override
    public RowScore start(int channels, int learningRows) {
      return new PrincipalDistance(channels, learningRows, true);
    }
  };

  /** Whether it looks at all channels together. */
  public boolean isJoint() {
    return this == HOTELLING || this == PRINCIPAL_COMPONENTS;
  }

  /** Name in reports, such as {@code last-value}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
