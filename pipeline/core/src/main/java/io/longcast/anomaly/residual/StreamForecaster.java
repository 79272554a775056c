package io.longcast.anomaly.residual;

import io.longcast.anomaly.score.Robust;
import io.longcast.anomaly.score.RowScore;
import io.longcast.model.recurrent.Numerics;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Expects the next row of one series. Values are scaled robustly and compressed, z = asinh((value -
 * median) / spread); inputs are z and its change for each target, the other channels as they are,
 * and sine and cosine of the time of day. Not thread-safe.
 */
final class StreamForecaster implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double DAY = 86_400e6;
  private static final double LAST_RATE = 0.1;
  private static final float WIDEST = 20;

  private final StreamForecasterSpec spec;
  private final Robust[] scales;
  private final RowMemory memory;
  private final float[] features;
  private final double[] present;
  private final double[] held;
  private final double[] out;
  private float[] parameters;
  private float[] adam;
  private float[] state;
  private long updates;
  private long rows;
  private transient ResidualNetwork network;

  /**
   * @param scales of the targets, then of the other channels
   */
  StreamForecaster(StreamForecasterSpec spec, Robust[] scales) {
    this.spec = spec;
    this.scales = scales.clone();
    int targets = spec.targets();
    features = new float[2 * targets + (scales.length - targets) + 2];
    present = new double[targets];
    held = new double[targets];
    out = new double[2 * targets];
    memory = new RowMemory(features.length, targets, spec.memory());
  }

  private ResidualNetwork network() {
    if (network == null) {
      network = new ResidualNetwork(spec, features.length, Numerics.open());
      if (parameters == null) {
        parameters = network.initial();
        adam = new float[2 * parameters.length];
        state = new float[network.stateSize()];
      }
      network.load(parameters);
    }
    return network;
  }

  /** Keeps a row to learn from. */
  void observe(long micros, double[] values) {
    describe(micros, values);
    memory.add(features, present);
  }

  private void describe(long micros, double[] values) {
    int at = 0;
    for (int c = 0; c < present.length; c++) {
      double z = Robust.asinh(scales[c].scale(values[c]));
      double before = held[c];
      present[c] = z;
      held[c] = Double.isNaN(z) ? held[c] : z;
      features[at++] = clamp(held[c]);
      features[at++] = clamp(rows == 0 ? 0 : held[c] - before);
    }
    for (int c = present.length; c < values.length; c++) {
      double x = scales[c].scale(values[c]);
      features[at++] = Double.isNaN(x) ? 0 : clamp(x);
    }
    double angle = micros == RowScore.NO_TIME ? 0 : 2 * Math.PI * (micros / DAY % 1);
    features[at++] = micros == RowScore.NO_TIME ? 0 : (float) Math.sin(angle);
    features[at] = micros == RowScore.NO_TIME ? 0 : (float) Math.cos(angle);
    rows++;
  }

  private static float clamp(double x) {
    return (float) Math.max(-WIDEST, Math.min(WIDEST, x));
  }

  /** Trains on the rows kept; the state starts again and no row counts as seen. */
  void train() {
    learn(spec.steps(), spec.rate());
    Arrays.fill(state, 0);
    Arrays.fill(held, 0);
    rows = 0;
  }

  private void learn(int steps, double rate) {
    ResidualNetwork net = network();
    int starts = memory.size() - spec.windowRows();
    SplittableRandom random = new SplittableRandom(spec.seed() ^ (31 * updates + 7));
    int[] from = new int[spec.batchSize()];
    for (int s = 0; s < steps && starts > 0; s++) {
      for (int w = 0; w < from.length; w++) {
        from[w] = random.nextInt(starts);
      }
      double share = (1 + Math.cos(Math.PI * s / steps)) / 2;
      double now = rate * (LAST_RATE + (1 - LAST_RATE) * share);
      net.update(parameters, adam, updates++, now, memory, from);
    }
    net.load(parameters);
  }

  /**
   * Takes a row and expects the next one.
   *
   * @param remember whether to keep the row for refreshes; not in a replay of rows kept before
   * @param expected of the targets, filled in the units of the values
   * @param spread their scale, filled in the units of the values
   */
  void next(long micros, double[] values, boolean remember, double[] expected, double[] spread) {
    describe(micros, values);
    if (remember) {
      memory.add(features, present);
      if (spec.refreshEvery() > 0 && rows % spec.refreshEvery() == 0) {
        learn(spec.refreshSteps(), spec.rate() * LAST_RATE);
      }
    }
    network().step(parameters, features, state, out);
    for (int c = 0; c < present.length; c++) {
      double z = held[c] + out[2 * c];
      expected[c] = scales[c].unscale(Math.sinh(z));
      spread[c] = scales[c].spread() * out[2 * c + 1] * Math.cosh(z);
    }
  }
}
