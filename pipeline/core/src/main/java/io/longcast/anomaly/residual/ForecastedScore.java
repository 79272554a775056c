package io.longcast.anomaly.residual;

import io.longcast.anomaly.score.ComponentScores;
import io.longcast.anomaly.score.CompositeScore;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A combined score whose residual parts are fed by a small forecaster of the series itself: it is
 * trained once the learning rows are there, then they are run through the parts with its forecasts,
 * and from there on each row is expected before it is seen.
 */
public final class ForecastedScore implements CompositeScore {
  private static final long serialVersionUID = 1L;

  private final Settings settings;
  private final int channels;
  private final int learningRows;
  private final ComponentScores parts;
  private final double[] expected;
  private final double[] spread;
  private final double[] judged;
  private List<double[]> learning = new ArrayList<>();
  private List<Long> times = new ArrayList<>();
  private StreamForecaster forecaster;

  /**
   * Starts scores.
   *
   * @param detector parts, of the forecaster's targets
   * @param forecaster expects the next row
   */
  public record Settings(DetectorSpec detector, StreamForecasterSpec forecaster)
      implements CompositeScore.Factory {
    @Override
    public CompositeScore start(int channels, int learningRows) {
      return new ForecastedScore(this, channels, learningRows);
    }
  }

  ForecastedScore(Settings settings, int channels, int learningRows) {
    this.settings = settings;
    this.channels = channels;
    this.learningRows = Math.max(1, learningRows);
    int targets = settings.forecaster().targets();
    parts = settings.detector().parts(targets, this.learningRows);
    expected = new double[targets];
    spread = new double[targets];
    judged = new double[targets];
    Arrays.fill(expected, Double.NaN);
    Arrays.fill(spread, Double.NaN);
  }

  @Override
  public double next(long micros, double[] values) {
    if (forecaster != null) {
      judge(micros, values, true);
      return parts.largest();
    }
    learning.add(values.clone());
    times.add(micros);
    if (learning.size() == learningRows) {
      learn();
    }
    return 0;
  }

  @Override
  public ComponentScores parts() {
    return parts;
  }

  private void learn() {
    forecaster = new StreamForecaster(settings.forecaster(), scales());
    for (int i = 0; i < learning.size(); i++) {
      forecaster.observe(times.get(i), learning.get(i));
    }
    forecaster.train();
    for (int i = 0; i < learning.size(); i++) {
      judge(times.get(i), learning.get(i), false);
    }
    learning = null;
    times = null;
  }

  /** Targets robustly; the other channels by their range. */
  private Robust[] scales() {
    Robust[] scales = new Robust[channels];
    for (int c = 0; c < channels; c++) {
      int channel = c;
      double[] column = learning.stream().mapToDouble(row -> row[channel]).toArray();
      boolean robust = settings.detector().scaling() == DetectorSpec.Scaling.ROBUST;
      scales[c] =
          !robust ? Robust.SAME : c < expected.length ? Robust.of(column) : Robust.range(column);
    }
    return scales;
  }

  private void judge(long micros, double[] values, boolean remember) {
    System.arraycopy(values, 0, judged, 0, judged.length);
    parts.next(micros, judged, expected, spread);
    forecaster.next(micros, values, remember, expected, spread);
  }
}
