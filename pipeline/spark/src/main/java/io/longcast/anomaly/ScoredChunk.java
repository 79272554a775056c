package io.longcast.anomaly;

import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.series.Segment;
import java.io.Serializable;

/**
 * The scores of a chunk, before anything is an alarm.
 *
 * @param index of the chunk in its series
 * @param isLast whether the series ends with it
 * @param segment the rows of the chunk; in the first one those before it that events look back on
 * @param from first step scored, from the start of the series; the last ends with the segment
 * @param expectations of the forecaster
 * @param earlier results of the last steps before the chunk; of the first chunk alone
 * @param surprisals {@code [steps, channels]}
 * @param parts that gave the surprisals, ordinals of {@link ComponentSpec.Kind}, -1 for a distance
 *     of all channels, {@code [steps, channels]}
 * @param usualErrors mean absolute residuals so far, {@code [steps, channels]}
 * @param settled surprisals of earlier steps, {@code [steps, channels]}
 * @param settledRows steps between the step and the one that they are of, {@code [steps, channels]}
 * @param state after the chunk, without alarm decisions
 */
record ScoredChunk(
    int index,
    boolean isLast,
    Segment segment,
    long from,
    Expectations expectations,
    StepResults earlier,
    double[] surprisals,
    byte[] parts,
    double[] usualErrors,
    double[] settled,
    short[] settledRows,
    SeriesState state)
    implements Serializable {
  private static final ComponentSpec.Kind[] KINDS = ComponentSpec.Kind.values();

  /** Stores the scores of a step. */
  void keep(int step, int channels, StepScores scores) {
    for (int c = 0; c < channels; c++) {
      ComponentSpec.Kind part = scores.part(c);
      surprisals[step * channels + c] = scores.surprisal(c);
      parts[step * channels + c] = (byte) (part == null ? -1 : part.ordinal());
      usualErrors[step * channels + c] = scores.usualError(c);
      settled[step * channels + c] = scores.settled(c);
      settledRows[step * channels + c] = (short) scores.settledRows(c);
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
      public double surprisal() {
        double most = 0;
        for (int c = 0; c < channels; c++) {
          most = Math.max(most, surprisals[at + c]);
        }
        return most;
      }

      @Override
      public double surprisal(int channel) {
        return surprisals[at + channel];
      }

      @Override
      public int settledRows(int channel) {
        return settledRows[at + channel];
      }

      @Override
      public double settled(int channel) {
        return settled[at + channel];
      }

      @Override
      public ComponentSpec.Kind part(int channel) {
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
