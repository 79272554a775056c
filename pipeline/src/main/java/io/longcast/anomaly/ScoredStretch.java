package io.longcast.anomaly;

import io.longcast.anomaly.score.PartSpec;
import io.longcast.series.Segment;
import java.io.Serializable;

/**
 * The scores of a stretch, before anything is an alarm.
 *
 * @param index of the stretch in its series
 * @param isLast whether the series ends with it
 * @param segment the rows of the stretch; in the first one those before it that events look back on
 * @param from first step scored, from the start of the series; the last ends with the segment
 * @param expectations of the forecaster
 * @param surprises {@code [steps, channels]}
 * @param parts that gave the surprises, ordinals of {@link PartSpec.Kind}, -1 for a distance of all
 *     channels, {@code [steps, channels]}
 * @param usualErrors mean absolute residuals so far, {@code [steps, channels]}
 * @param state after the stretch, in which nothing was judged
 */
record ScoredStretch(
    int index,
    boolean isLast,
    Segment segment,
    long from,
    Expectations expectations,
    double[] surprises,
    byte[] parts,
    double[] usualErrors,
    SeriesState state)
    implements Serializable {
  private static final PartSpec.Kind[] KINDS = PartSpec.Kind.values();

  /** Keeps what is told of a step. */
  void keep(int step, int channels, StepScores scores) {
    for (int c = 0; c < channels; c++) {
      PartSpec.Kind part = scores.part(c);
      surprises[step * channels + c] = scores.surprise(c);
      parts[step * channels + c] = (byte) (part == null ? -1 : part.ordinal());
      usualErrors[step * channels + c] = scores.usualError(c);
    }
  }

  /**
   * Tells what was kept.
   *
   * @param first step of the series that is step 0 to the reader
   */
  StepScores scores(long first, int channels) {
    int shift = (int) (from - first);
    return new StepScores() {
      private int at;

      @Override
      public void next(int step) {
        at = (step - shift) * channels;
      }

      @Override
      public double surprise() {
        double most = 0;
        for (int c = 0; c < channels; c++) {
          most = Math.max(most, surprises[at + c]);
        }
        return most;
      }

      @Override
      public double surprise(int channel) {
        return surprises[at + channel];
      }

      @Override
      public PartSpec.Kind part(int channel) {
        int part = parts[at + channel];
        return part < 0 ? null : KINDS[part];
      }

      @Override
      public double usualError(int channel) {
        return usualErrors[at + channel];
      }
    };
  }
}
