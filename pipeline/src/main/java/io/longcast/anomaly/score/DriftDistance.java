package io.longcast.anomaly.score;

import java.util.ArrayList;
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
    advance(standardised(values));
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

  private void standardise() {
    int n = learning.size();
    for (double[] row : learning) {
      for (int c = 0; c < centre.length; c++) {
        centre[c] += row[c] / n;
      }
    }
    for (double[] row : learning) {
      for (int c = 0; c < centre.length; c++) {
        spread[c] += (row[c] - centre[c]) * (row[c] - centre[c]) / n;
      }
    }
    for (int c = 0; c < centre.length; c++) {
      spread[c] = spread[c] > 0 ? Math.sqrt(spread[c]) : 1;
    }
  }

  private List<double[]> smoothed() {
    List<double[]> path = new ArrayList<>();
    smooth = new double[centre.length];
    int first = Math.min(settings.startRows(), learning.size());
    for (double[] row : learning.subList(0, first)) {
      double[] z = standardised(row);
      for (int c = 0; c < smooth.length; c++) {
        smooth[c] += z[c] / first;
      }
    }
    for (double[] row : learning) {
      advance(standardised(row));
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

  private double[] standardised(double[] values) {
    double[] z = new double[values.length];
    for (int c = 0; c < z.length; c++) {
      z[c] = (values[c] - centre[c]) / spread[c];
    }
    return z;
  }

  private void advance(double[] z) {
    double weight = 2.0 / (settings.span() + 1);
    for (int c = 0; c < z.length; c++) {
      smooth[c] += weight * (z[c] - smooth[c]);
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
}
