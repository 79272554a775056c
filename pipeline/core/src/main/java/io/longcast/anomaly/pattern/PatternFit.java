package io.longcast.anomaly.pattern;

import java.util.Arrays;

/**
 * Fits a {@link PatternScorer}: banks and centres of the first three quarters of the sample give
 * the components of its last rows their units, then the whole sample gives the banks and centres
 * that stay.
 */
final class PatternFit {
  private static final int UNIT_ROWS = 4096;

  /** Rows at the start that a smoothed residual needs to settle. */
  private static final int RESIDUAL_WARM = 24;

  private final PatternSpec spec;
  private final PatternSample raw;
  private final PatternSample sample;
  private final Form form;
  private final PatternUnits units;
  private final Period period;

  PatternFit(PatternSpec spec, PatternSample raw) {
    this.spec = spec;
    this.raw = raw;
    PatternSample filled = raw.filled();
    form = Form.of(filled.values());
    sample = form == Form.COUNTER ? filled.increases() : filled;
    units = PatternUnits.of(sample.values());
    float[] tail = sample.tail(units, PatternSample.TAIL);
    period = Period.of(tail, tail.length);
  }

  PatternScorer fit(double last) {
    float[] tail = sample.tail(units, PatternSample.TAIL);
    LinearForecast forecast = LinearForecast.of(tail, tail.length);
    PatternKernels kernels = PatternKernels.open();
    ComponentStream stream = new ComponentStream(spec, kernels, period, forecast);
    stream.learnBanks(sample, units);
    stream.useLastQuarter(false);
    PatchPatterns.Described features = stream.patches().learn(sample, units);
    stream.patches().learnCentres(features.points(false));
    stream.level().learn(tail);
    Rescale[] rescales = rescales(stream, tail);
    stream.useLastQuarter(true);
    stream.patches().learnCentres(features.points(true));
    for (int t = Math.max(0, tail.length - stream.memory()); t < tail.length; t++) {
      stream.next(tail[t], Float.NaN, false);
    }
    stream.beginBlocks();
    return new PatternScorer(form, units, period, forecast, rescales, stream, stuck(), last);
  }

  private StuckTime stuck() {
    StuckTime stuck = new StuckTime();
    for (double value : raw.values()) {
      if (Double.isFinite(value)) {
        stuck.next(value);
      }
    }
    return stuck;
  }

  /** Units of the components now, then of those settled, on the last rows. */
  private static Rescale[] rescales(ComponentStream stream, float[] tail) {
    int rows = Math.min(UNIT_ROWS, tail.length - tail.length * 3 / 4);
    int from = Math.max(0, tail.length - rows - stream.memory());
    float[][] seen = new float[2 * Component.COUNT][rows];
    for (int t = from; t < tail.length; t++) {
      stream.next(tail[t], Float.NaN, false);
      int at = t - (tail.length - rows);
      for (int i = 0; at >= 0 && i < Component.COUNT; i++) {
        seen[i][at] = stream.now(i);
        seen[Component.COUNT + i][at] = stream.settled(i);
      }
    }
    Rescale[] rescales = new Rescale[seen.length];
    for (int i = 0; i < seen.length; i++) {
      int warm = i < Component.COUNT ? RESIDUAL_WARM : 2 * stream.settleRows();
      rescales[i] = new Rescale();
      if (i % Component.COUNT != Component.STUCK.ordinal()) { // it has a unit of its own
        rescales[i].learn(Arrays.copyOfRange(seen[i], Math.min(warm, rows / 2), rows));
      }
    }
    return rescales;
  }
}
