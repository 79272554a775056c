package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the last window looks like through convolutions, and how far that is from what windows of
 * the learning rows looked like. The kernels are those of MiniRocket (Dempster, Schmidt and Webb,
 * KDD 2021): nine taps, three of weight 2 and six of weight -1, all 84 of them, at dilations up to
 * half a period; a feature is the exponentially weighted share of rows whose convolution exceeds a
 * quantile of the learning rows. Features are centred, projected on their principal axes and
 * compared with centres of the learning rows.
 */
final class PatchPatterns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TAPS = 9;
  private static final int KERNELS = 84;
  private static final int AXES = 16;
  private static final int CENTRES = 128;
  private static final double MIN_WINDOW = 3;
  private static final double WINDOW = .25;
  private static final double DILATION_SHARE = .5;
  private static final int MIN_SPAN = 10;
  private static final int MAX_DILATION = 64;
  private static final double[] LEVELS = {.3, .5, .7, .15, .85};
  private static final int LEVEL_ROWS = 600;
  private static final int LEARNING_ROWS = 20_000;
  private static final int DESCRIBED_ROWS = 5000;
  private static final double WARM_WINDOWS = 6;

  private final PatternKernels kernels;
  private final int period;
  private final int[] dilations;
  private final float gain;
  private final int[] first = new int[KERNELS];
  private final int[] second = new int[KERNELS];
  private final int[] third = new int[KERNELS];
  private final float[] levels = new float[KERNELS];
  private final float[] means = new float[KERNELS];
  private final float[] axes = new float[KERNELS * AXES];
  private final float[] centres = new float[AXES * CENTRES];
  private final float[] shares = new float[KERNELS];
  private final Recent recent;
  private long rows;

  private final float[] sums;
  private final float[] centred = new float[KERNELS];
  private final float[] point = new float[AXES];
  private final float[] distances = new float[CENTRES];

  /**
   * @param period of the series, rows
   */
  PatchPatterns(PatternKernels kernels, int period) {
    this.kernels = kernels;
    this.period = period;
    dilations = dilations(period);
    gain = (float) (1 / Math.max(MIN_WINDOW, WINDOW * period));
    recent = new Recent((TAPS - 1) * dilations[dilations.length - 1] + 1);
    sums = new float[dilations.length];
    int f = 0;
    for (int a = 0; a < TAPS; a++) {
      for (int b = a + 1; b < TAPS; b++) {
        for (int c = b + 1; c < TAPS; c++) {
          int dilation = dilations[f % dilations.length];
          first[f] = a * dilation;
          second[f] = b * dilation;
          third[f++] = c * dilation;
        }
      }
    }
  }

  private static int[] dilations(int period) {
    double span = Math.max(DILATION_SHARE * period, MIN_SPAN);
    int count = 0;
    while (1 << count <= MAX_DILATION && (TAPS - 1 << count) < span) {
      count++;
    }
    int[] powers = new int[count];
    Arrays.setAll(powers, i -> 1 << i);
    return powers;
  }

  /** Rows after which nothing is left of what came before. */
  int memory() {
    return (int) Math.ceil(WARM_WINDOWS / gain);
  }

  /**
   * Takes the next row.
   *
   * @return distance to the nearest centre, at least 0
   */
  float next(float value) {
    advance(value);
    project(shares, point);
    return (float) Math.sqrt(kernels.nearest(point, centres, CENTRES, distances));
  }

  private void advance(float value) {
    if (rows == 0) {
      recent.fill(value);
    }
    recent.add(value);
    sum();
    rows++;
    float weight = Math.max(gain, 1f / rows);
    for (int f = 0; f < KERNELS; f++) {
      float exceeds = convolution(f) > levels[f] ? 1 : 0;
      shares[f] += weight * (exceeds - shares[f]);
    }
  }

  private void sum() {
    for (int d = 0; d < sums.length; d++) {
      float sum = 0;
      for (int k = 0; k < TAPS; k++) {
        sum += recent.back(k * dilations[d]);
      }
      sums[d] = -sum;
    }
  }

  /** The convolution of a kernel at the last row. */
  private float convolution(int f) {
    float[] values = recent.values();
    int at = recent.newest();
    return sums[f % sums.length]
        + 3 * (values[at - first[f]] + values[at - second[f]] + values[at - third[f]]);
  }

  private void project(float[] features, float[] to) {
    for (int f = 0; f < KERNELS; f++) {
      centred[f] = features[f] - means[f];
    }
    Arrays.fill(to, 0);
    kernels.project(centred, axes, AXES, to);
  }

  private void restart() {
    Arrays.fill(shares, 0);
    rows = 0;
  }

  /** Learns levels and axes of a sample; {@link #learnCentres} has to follow. */
  Described learn(PatternSample sample, PatternUnits units) {
    List<float[]> pieces = new ArrayList<>();
    if (sample.isCut(LEARNING_ROWS)) {
      int length = LEARNING_ROWS / PatternSample.MANY;
      for (int p = 0; p < PatternSample.MANY; p++) {
        pieces.add(sample.piece(units, p, PatternSample.MANY, length));
      }
    } else {
      pieces.add(sample.tail(units, LEARNING_ROWS));
    }
    learnLevels(pieces);
    List<List<float[]>> features = pieces.stream().map(piece -> describe(piece, pieces)).toList();
    learnAxes(features.stream().flatMap(List::stream).toList());
    return new Described(features);
  }

  /** Features of the learning rows, piece by piece. */
  record Described(List<List<float[]>> pieces) {
    /** Those of the first three quarters, or all. */
    List<float[]> points(boolean all) {
      if (pieces.size() > 1) {
        int count = all ? pieces.size() : pieces.size() * 3 / 4;
        return pieces.subList(0, count).stream().flatMap(List::stream).toList();
      }
      List<float[]> rows = pieces.get(0);
      return all ? rows : rows.subList(0, Math.max(1, rows.size() * 3 / 4));
    }
  }

  private void learnLevels(List<float[]> pieces) {
    int total = pieces.stream().mapToInt(piece -> piece.length).sum();
    int step = (total + LEVEL_ROWS - 1) / LEVEL_ROWS;
    List<float[]> convolutions = new ArrayList<>();
    for (float[] piece : pieces) {
      recent.fill(piece[0]);
      for (int i = 0; i < piece.length; i++) {
        recent.add(piece[i]);
        if (i % step == 0) {
          sum();
          float[] all = new float[KERNELS];
          for (int f = 0; f < KERNELS; f++) {
            all[f] = convolution(f);
          }
          convolutions.add(all);
        }
      }
    }
    float[] sorted = new float[convolutions.size()];
    for (int f = 0; f < KERNELS; f++) {
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = convolutions.get(i)[f];
      }
      Arrays.sort(sorted);
      levels[f] = (float) Rescale.quantile(sorted, LEVELS[f / dilations.length % LEVELS.length]);
    }
  }

  private List<float[]> describe(float[] piece, List<float[]> pieces) {
    int warm =
        pieces.size() > 1
            ? Math.min(memory(), piece.length / 2)
            : Math.min(period, piece.length / 4);
    int step = Math.max(1, pieces.size() * (piece.length - warm) / DESCRIBED_ROWS);
    List<float[]> features = new ArrayList<>();
    restart();
    for (int i = 0; i < piece.length; i++) {
      advance(piece[i]);
      if (i >= warm && (i - warm) % step == 0) {
        features.add(shares.clone());
      }
    }
    restart();
    return features;
  }

  private void learnAxes(List<float[]> features) {
    double[] mean = new double[KERNELS];
    for (float[] row : features) {
      for (int f = 0; f < KERNELS; f++) {
        mean[f] += row[f] / (double) features.size();
      }
    }
    for (int f = 0; f < KERNELS; f++) {
      means[f] = (float) mean[f];
    }
    PrincipalSubspace.of(covariance(features), AXES).copyTo(axes);
  }

  private double[][] covariance(List<float[]> features) {
    double[][] covariance = new double[KERNELS][KERNELS];
    double[] off = new double[KERNELS];
    for (float[] row : features) {
      for (int f = 0; f < KERNELS; f++) {
        off[f] = row[f] - means[f];
      }
      for (int f = 0; f < KERNELS; f++) {
        double weight = off[f];
        for (int g = 0; g <= f; g++) {
          covariance[f][g] += weight * off[g];
        }
      }
    }
    for (int f = 0; f < KERNELS; f++) {
      for (int g = 0; g < f; g++) {
        covariance[g][f] = covariance[f][g];
      }
    }
    return covariance;
  }

  /** Takes the centres of features. */
  void learnCentres(List<float[]> features) {
    float[][] points = new float[features.size()][AXES];
    for (int i = 0; i < points.length; i++) {
      project(features.get(i), points[i]);
    }
    Centres.of(kernels, points, CENTRES).copyTo(centres, CENTRES);
    restart();
  }

  /** The state, for saving and restoring: of patches of the same period. */
  void fields(StateFields fields) {
    fields.singles(levels);
    fields.singles(means);
    fields.singles(axes);
    fields.singles(centres);
    fields.singles(shares);
    recent.fields(fields);
    rows = fields.number(rows);
  }
}
