package io.longcast.anomaly.score;

import io.longcast.state.StateFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A distance of all channels together: e is an exponentially weighted mean of the standardised row;
 * its distance from the mean of e over the learning rows is measured by (C + drift · D)⁻¹, where C
 * is the covariance of e on the learning rows plus a ridge, and D = ½ mean d dᵀ of the differences
 * d = e_t - e_(t-lag): directions in which a normal plant wanders count less. The score is the
 * root, over its {@code limit} quantile on the learning rows. The learning rows are kept until
 * learning ends.
 */
public final class DriftDistance implements RowScore {
  private static final long serialVersionUID = 1L;

  private final Settings settings;
  private final int learningRows;
  private final List<double[]> learning = new ArrayList<>();
  private final double[] centre;
  private final double[] spread;
  private double[] smooth;
  private double[] mean;
  private double[][] inverse;
  private double unit = 1;

  /**
   * @param span of the weighted mean: weight 2 / (span + 1), at least 1
   * @param startRows rows whose mean starts it, also left out of the covariance
   * @param ridge added to the diagonal of C
   * @param drift weight of D, at least 0
   * @param lag of the differences, rows
   * @param limit quantile of the learning scores that is 1, in (0, 1]
   */
  public record Settings(int span, int startRows, double ridge, double drift, int lag, double limit)
      implements RowScore.Factory {
    @Override
    public String toString() {
      return "drift/" + span + " lag " + lag + " weight " + Math.round(drift);
    }

    @Override
    public RowScore start(int channels, int learningRows) {
      return new DriftDistance(this, channels, learningRows);
    }
  }

  DriftDistance(Settings settings, int channels, int learningRows) {
    this.settings = settings;
    this.learningRows = learningRows;
    centre = new double[channels];
    spread = new double[channels];
  }

  @Override
  public double next(long micros, double[] values) {
    if (inverse == null) {
      learning.add(values.clone());
      if (learning.size() == learningRows) {
        learn();
        learning.clear();
      }
      return 0;
    }
    advance(values);
    return distance(smooth) / unit;
  }

  private void learn() {
    standardise();
    List<double[]> path = smoothed();
    int first = Math.min(settings.startRows(), path.size() / 2);
    mean = SmallMatrix.mean(path);
    List<double[]> kept = path.subList(first, path.size());
    double[][] covariance = SmallMatrix.covariance(kept, SmallMatrix.mean(kept));
    double[][] wander = wander(path);
    for (int i = 0; i < covariance.length; i++) {
      for (int j = 0; j < covariance.length; j++) {
        covariance[i][j] += settings.drift() * wander[i][j] + (i == j ? settings.ridge() : 0);
      }
    }
    inverse = SmallMatrix.inverse(covariance);
    double[] sorted = path.stream().mapToDouble(this::distance).sorted().toArray();
    unit = Math.max(1e-12, sorted[(int) Math.round(settings.limit() * (sorted.length - 1))]);
  }

  /** Mean and deviation of each channel over its values that are there. */
  private void standardise() {
    for (int c = 0; c < centre.length; c++) {
      int channel = c;
      double[] there =
          learning.stream()
              .mapToDouble(row -> row[channel])
              .filter(v -> !Double.isNaN(v))
              .toArray();
      centre[c] = Arrays.stream(there).average().orElse(0);
      double square =
          Arrays.stream(there)
              .map(v -> (v - centre[channel]) * (v - centre[channel]))
              .average()
              .orElse(0);
      spread[c] = square > 0 ? Math.sqrt(square) : 1;
    }
  }

  private List<double[]> smoothed() {
    List<double[]> path = new ArrayList<>();
    smooth = new double[centre.length];
    int first = Math.min(settings.startRows(), learning.size());
    for (double[] row : learning.subList(0, first)) {
      for (int c = 0; c < smooth.length; c++) {
        smooth[c] += Double.isNaN(row[c]) ? 0 : standardised(row, c) / first;
      }
    }
    for (double[] row : learning) {
      advance(row);
      path.add(smooth.clone());
    }
    return path;
  }

  private double[][] wander(List<double[]> path) {
    List<double[]> differences = new ArrayList<>();
    for (int t = settings.lag(); t < path.size(); t++) {
      double[] difference = path.get(t).clone();
      for (int c = 0; c < difference.length; c++) {
        difference[c] = (difference[c] - path.get(t - settings.lag())[c]) * Math.sqrt(0.5);
      }
      differences.add(difference);
    }
    return SmallMatrix.covariance(differences, new double[centre.length]);
  }

  /** A missing value moves nothing. */
  private void advance(double[] values) {
    double weight = 2.0 / (settings.span() + 1);
    for (int c = 0; c < values.length; c++) {
      if (!Double.isNaN(values[c])) {
        smooth[c] += weight * (standardised(values, c) - smooth[c]);
      }
    }
  }

  private double standardised(double[] values, int c) {
    return (values[c] - centre[c]) / spread[c];
  }

  /** Shares of the channels in the last distance; they add up to 1, and are never below 0. */
  void shares(double[] shares) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      double own = 0;
      for (int j = 0; inverse != null && j < shares.length; j++) {
        own += inverse[i][j] * (smooth[j] - mean[j]);
      }
      shares[i] = Math.max(0, inverse == null ? 0 : own * (smooth[i] - mean[i]));
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = sum > 0 ? shares[i] / sum : 1.0 / shares.length;
    }
  }

  private double distance(double[] at) {
    double sum = 0;
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < at.length; j++) {
        sum += (at[i] - mean[i]) * inverse[i][j] * (at[j] - mean[j]);
      }
    }
    return Math.sqrt(Math.max(0, sum));
  }

  /** Its state: the learning rows until they end, then what was learned. */
  void fields(StateFields fields) {
    if (fields.flag(inverse != null)) {
      learned(fields);
      return;
    }
    int count = fields.count(learning.size(), learningRows);
    for (int i = 0; i < count; i++) {
      if (i == learning.size()) {
        learning.add(new double[centre.length]);
      }
      fields.reals(learning.get(i));
    }
  }

  private void learned(StateFields fields) {
    if (inverse == null) {
      smooth = new double[centre.length];
      mean = new double[centre.length];
      inverse = new double[centre.length][centre.length];
    }
    fields.reals(centre);
    fields.reals(spread);
    fields.reals(smooth);
    fields.reals(mean);
    for (double[] row : inverse) {
      fields.reals(row);
    }
    unit = fields.real(unit);
  }
}
