package io.longcast.anomaly;

import io.longcast.anomaly.pattern.PatternScorer;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * What was found at the steps {@code [first, end)} of a segment: flat arrays {@code [channels, end
 * - first]}. The settled score of a step comes with a later step, so a run that goes on begins with
 * the results of the last steps of the run before.
 */
final class StepResults implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Steps after which the settled score of a step is known at the latest. */
  static final int LATEST = PatternScorer.MAX_SETTLE_ROWS;

  private static final ComponentSpec.Kind[] KINDS = ComponentSpec.Kind.values();
  private static final byte NOTHING = 0;
  private static final byte JOINT = 1;
  private static final byte FIRST_KIND = 2;

  private final int channels;
  private final int first;
  private final int count;
  private final float[] surprisals;
  private final float[] settled;
  private final byte[] kinds;
  private final float[] thresholds;
  private final BitSet alarms;
  private final BitSet changed = new BitSet();

  /** Nothing known yet. */
  StepResults(int channels, int first, int end) {
    this.channels = channels;
    this.first = first;
    count = Math.max(0, end - first);
    surprisals = new float[channels * count];
    settled = new float[channels * count];
    Arrays.fill(settled, Float.NaN);
    kinds = new byte[channels * count];
    thresholds = new float[count];
    alarms = new BitSet(channels * count);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** First step. */
  int first() {
    return first;
  }

  /** These, and room for the steps up to an end. */
  StepResults until(int end) {
    StepResults longer = new StepResults(channels, first, end);
    longer.copy(this, first, 0, count);
    return longer;
  }

  /** The last steps, whose settled scores may not be final, of a segment that ends with them. */
  StepResults last(int end) {
    int kept = Math.min(count, LATEST);
    StepResults last = new StepResults(channels, end - kept, end);
    last.copy(this, first + count - kept, 0, kept);
    return last;
  }

  /** The same counted from another step of the segment. */
  StepResults from(int step) {
    StepResults moved = new StepResults(channels, first - step, first - step + count);
    moved.copy(this, first, 0, count);
    return moved;
  }

  private void copy(StepResults other, int from, int to, int steps) {
    int at = from - other.first;
    for (int c = 0; c < channels; c++) {
      int source = c * other.count + at;
      int target = c * count + to;
      System.arraycopy(other.surprisals, source, surprisals, target, steps);
      System.arraycopy(other.settled, source, settled, target, steps);
      System.arraycopy(other.kinds, source, kinds, target, steps);
      for (int i = 0; i < steps; i++) {
        alarms.set(target + i, other.alarms.get(source + i));
      }
    }
    System.arraycopy(other.thresholds, at, thresholds, to, steps);
  }

  /**
   * Takes a step, and the settled scores of earlier steps that come with it.
   *
   * @param isAlarm whether a channel takes part in an alarm of the step
   */
  void take(int step, StepScores scores, double threshold, IntPredicate isAlarm) {
    thresholds[step - first] = (float) threshold;
    for (int c = 0; c < channels; c++) {
      int at = c * count + step - first;
      surprisals[at] = (float) scores.surprisal(c);
      alarms.set(at, isAlarm.test(c));
      kinds[at] = surprisals[at] > 0 ? code(scores.part(c)) : NOTHING;
      int back = scores.settledRows(c);
      if (step - back >= first) {
        settled[at - back] = (float) scores.settled(c);
        changed.set(at - back);
        // Rows passed over, because scores settle sooner since the detector learned anew.
        for (int i = at - back - 1; i >= c * count && Float.isNaN(settled[i]); i--) {
          settled[i] = surprisals[i];
          changed.set(i);
        }
      }
    }
  }

  private static byte code(ComponentSpec.Kind kind) {
    return kind == null ? JOINT : (byte) (FIRST_KIND + kind.ordinal());
  }

  float surprisal(int channel, int step) {
    return surprisals[channel * count + step - first];
  }

  /** Surprisal by the rows around the step; not a number where it is not known yet. */
  float settled(int channel, int step) {
    return settled[channel * count + step - first];
  }

  /** Whether the settled score came with a step taken since these results were begun. */
  boolean isChanged(int channel, int step) {
    return changed.get(channel * count + step - first);
  }

  /**
   * Name of the component with the largest surprisal: a kind of the settings, {@code joint} for a
   * distance of all channels, null where no component spoke.
   */
  String component(int channel, int step) {
    int code = kinds[channel * count + step - first];
    if (code == NOTHING) {
      return null;
    }
    return code == JOINT ? "joint" : ComponentSpec.word(KINDS[code - FIRST_KIND]);
  }

  float threshold(int step) {
    return thresholds[step - first];
  }

  /**
   * Whether the step belongs to an event that has not ended, and the channel reached its threshold
   * without a rule of operators that suppresses it.
   */
  boolean isAlarm(int channel, int step) {
    return alarms.get(channel * count + step - first);
  }

  /** As fields of a state, of the last steps of a segment; to restore them, any. */
  static StepResults field(StateFields fields, StepResults now, int channels, int length) {
    int count = fields.elements(now.count, Math.min(length, LATEST), channels);
    StepResults stored =
        count == now.count ? now : new StepResults(channels, length - count, length);
    fields.singles(stored.surprisals);
    fields.singles(stored.settled);
    fields.singles(stored.thresholds);
    for (int i = 0; i < stored.kinds.length; i++) {
      stored.kinds[i] = (byte) fields.count(stored.kinds[i], FIRST_KIND + KINDS.length - 1);
    }
    for (int i = 0; i < channels * count; i++) {
      stored.alarms.set(i, fields.flag(stored.alarms.get(i)));
    }
    return stored;
  }
}
