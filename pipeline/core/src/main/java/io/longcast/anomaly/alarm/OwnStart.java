package io.longcast.anomaly.alarm;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Where the threshold of a series starts that peaks less often than the average one: at the rate of
 * the budget over how many times as often it peaks. The tail is that of all series; the frequency
 * is its own, with one peak of the average series counted in addition to its peaks (the mean of a
 * gamma posterior), so that a series without a past starts where all do. One that peaks more often
 * starts there as well: feedback soon controls its rate, and its faults do not raise their own
 * threshold.
 *
 * @param level surprisal whose peaks are counted
 * @param perStep such peaks a step, over all series
 * @param starts thresholds of series that peak 2^-{@value #OCTAVES} to 2^0 times as often as the
 *     average, an octave apart; empty: all start alike
 */
public record OwnStart(double level, double perStep, List<Double> starts) implements Serializable {
  /** All series start alike. */
  static final OwnStart NONE = new OwnStart(0, 0, List.of());

  private static final int OCTAVES = 4;

  public OwnStart {
    starts = List.copyOf(starts);
  }

  /**
   * Reads the starts off the peaks of all series.
   *
   * @param level whose peaks are counted
   * @param perStep of these peaks over all series
   * @param start threshold for series that peak so many times as often as the average
   */
  public static OwnStart of(double level, double perStep, DoubleUnaryOperator start) {
    List<Double> starts = new ArrayList<>();
    for (int octave = -OCTAVES; octave <= 0; octave++) {
      starts.add(start.applyAsDouble(Math.pow(2, octave)));
    }
    return new OwnStart(level, perStep, starts);
  }

  boolean isOwn() {
    return perStep > 0 && !starts.isEmpty();
  }

  /** The start of a series, interpolated between octaves. */
  double start(long peaks, long steps) {
    double times = (peaks + 1) / (steps * perStep + 1);
    double octave = Math.log(times) / Math.log(2) + OCTAVES;
    double within = Math.max(0, Math.min(OCTAVES, octave));
    int below = Math.min(OCTAVES - 1, (int) within);
    return starts.get(below) + (within - below) * (starts.get(below + 1) - starts.get(below));
  }

  /** As a field of a state. */
  static OwnStart field(StateFields fields, OwnStart now) {
    double level = fields.real(now.level);
    double perStep = fields.real(now.perStep);
    List<Double> starts = new ArrayList<>();
    if (fields.flag(!now.starts.isEmpty())) {
      for (int octave = 0; octave <= OCTAVES; octave++) {
        starts.add(fields.real(now.starts.isEmpty() ? 0 : now.starts.get(octave)));
      }
    }
    return new OwnStart(level, perStep, starts);
  }
}
