package io.longcast.benchmark;

import io.longcast.anomaly.score.RowScore;
import io.longcast.evaluate.VolumeUnderSurface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A left matrix profile against a bounded past: the z-normalised distance of the last window to the
 * nearest of the windows known, by the recurrence of STOMP (Zhu et al., ICDM 2016). Windows are as
 * long as the period of the learning rows; known are the last {@value #CAPACITY} learning rows, and
 * where these are fewer also the rows since, one window later. Several channels: the first.
 */
final class SubsequenceProfile implements RowScore {
  private static final long serialVersionUID = 1L;
  private static final int CAPACITY = 8192;
  private static final int SHORTEST = 8;
  private static final double LEAST_DEVIATION = 1e-8;

  private final int learningRows;
  private List<Double> learning = new ArrayList<>();
  private int window;
  private double[] past;
  private int rows;
  private double[] means;
  private double[] deviations;
  private double[] products;
  private double[] last;
  private int place;

  /** For a series whose first rows are learned from. */
  SubsequenceProfile(int learningRows) {
    this.learningRows = Math.max(2 * SHORTEST, learningRows);
  }

  @Override
  public double next(long micros, double[] values) {
    if (past == null) {
      learning.add(values[0]);
      if (learning.size() == learningRows) {
        learn();
      }
      return 0;
    }
    double oldest = last[place];
    last[place] = values[0];
    place = (place + 1) % window;
    double nearest = advance(oldest, values[0]);
    if (rows < past.length) {
      join(values[0]);
    }
    return nearest;
  }

  private void learn() {
    double[] all = learning.stream().mapToDouble(Double::doubleValue).toArray();
    learning = null;
    int period = VolumeUnderSurface.ofSeries(all).widest();
    window = Math.max(SHORTEST, Math.min(period, all.length / 4));
    past = new double[CAPACITY];
    rows = Math.min(CAPACITY, all.length);
    System.arraycopy(all, all.length - rows, past, 0, rows);
    means = new double[CAPACITY];
    deviations = new double[CAPACITY];
    products = new double[CAPACITY];
    last = Arrays.copyOfRange(all, all.length - window, all.length);
    for (int start = 0; start + window <= rows; start++) {
      describe(start);
      products[start] = product(start);
    }
  }

  private void describe(int start) {
    double sum = 0;
    double squares = 0;
    for (int k = start; k < start + window; k++) {
      sum += past[k];
      squares += past[k] * past[k];
    }
    means[start] = sum / window;
    deviations[start] = Math.sqrt(Math.max(0, squares / window - means[start] * means[start]));
  }

  private double product(int start) {
    double sum = 0;
    for (int k = 0; k < window; k++) {
      sum += past[start + k] * last[(place + k) % window];
    }
    return sum;
  }

  private double advance(double oldest, double newest) {
    double mean = Arrays.stream(last).average().orElse(0);
    double square = 0;
    for (double value : last) {
      square += (value - mean) * (value - mean);
    }
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(square / window));
    int windows = rows - window + 1;
    for (int j = windows - 1; j > 0; j--) {
      products[j] = products[j - 1] - past[j - 1] * oldest + past[j + window - 1] * newest;
    }
    products[0] = product(0);
    double best = -1;
    int known = learningRows >= CAPACITY ? windows : Math.max(1, windows - window);
    for (int j = 0; j < known; j++) {
      double correlation =
          (products[j] / window - mean * means[j])
              / (deviation * Math.max(LEAST_DEVIATION, deviations[j]));
      best = correlation > best ? correlation : best;
    }
    return Math.sqrt(Math.max(0, 2 * window * (1 - Math.min(1, best))));
  }

  private void join(double value) {
    past[rows++] = value;
    int start = rows - window;
    describe(start);
    products[start] = product(start);
  }
}
