package io.longcast.anomaly.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The largest of the parts over the channels of a series. Learning rows are kept until they end,
 * then the robust scale is fitted and they are run through the parts.
 */
final class ChannelScores implements RowScore {
  private static final long serialVersionUID = 1L;

  private final DetectorSpec spec;
  private final int learningRows;
  private final List<double[]> learning = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final Robust[] scales;
  private final Signal[][] signals;
  private final DelayedZ[][] scores;
  private boolean ready;

  ChannelScores(DetectorSpec spec, int channels, int learningRows) {
    this.spec = spec;
    this.learningRows = learningRows;
    int parts = spec.channels().size();
    scales = new Robust[channels];
    signals = new Signal[channels][parts];
    scores = new DelayedZ[channels][parts];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < parts; p++) {
        ChannelSpec part = spec.channels().get(p);
        signals[c][p] = part.signal();
        scores[c][p] = new DelayedZ(part.width(), spec.halfLife(), spec.floor());
      }
    }
  }

  @Override
  public double next(long micros, double[] values) {
    if (ready) {
      return judge(micros, values);
    }
    learning.add(values.clone());
    times.add(micros);
    if (learning.size() >= learningRows) {
      learn();
    }
    return 0;
  }

  private void learn() {
    for (int c = 0; c < scales.length; c++) {
      int channel = c;
      scales[c] = Robust.of(learning.stream().mapToDouble(row -> row[channel]).toArray());
    }
    for (int i = 0; i < learning.size(); i++) {
      judge(times.get(i), learning.get(i));
    }
    learning.clear();
    times.clear();
    ready = true;
  }

  private double judge(long micros, double[] values) {
    double most = 0;
    for (int c = 0; c < scales.length; c++) {
      double x = scales[c].scale(values[c]);
      for (int p = 0; p < signals[c].length; p++) {
        ChannelSpec part = spec.channels().get(p);
        double z = scores[c][p].next(signals[c][p].next(micros, x));
        most = Math.max(most, (part.isTwoSided() ? Math.abs(z) : z) / part.unit());
      }
    }
    return most;
  }
}
