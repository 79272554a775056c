package io.longcast.benchmark;

import io.longcast.anomaly.score.RowScore;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Isolation forest (Liu, Ting and Zhou, ICDM 2008) with its published defaults: 100 trees, each of
 * 256 of the learning rows, score {@code 2^(-mean depth / c(256))}. The same seed gives the same
 * forest.
 */
final class IsolationForest implements RowScore {
  private static final long serialVersionUID = 1L;
  private static final int TREES = 100;
  private static final int SAMPLE = 256;
  private static final int DEPTH = 8;
  private static final double EULER = 0.5772156649;

  private final int learningRows;
  private final SplittableRandom random;
  private final double[][] kept = new double[TREES * SAMPLE][];
  private int rows;
  private Node[] trees;
  private double usual;

  /** Rows below a value on one channel to the left; a leaf has no sides. */
  private record Node(int channel, double value, Node left, Node right, double depth)
      implements java.io.Serializable {}

  IsolationForest(int learningRows, long seed) {
    this.learningRows = Math.max(2, learningRows);
    random = new SplittableRandom(seed);
  }

  @Override
  public double next(long micros, double[] values) {
    if (trees != null) {
      double sum = 0;
      for (Node tree : trees) {
        sum += depth(tree, values);
      }
      return Math.pow(2, -sum / trees.length / usual);
    }
    keep(values.clone());
    if (rows == learningRows) {
      learn();
    }
    return 0;
  }

  /** A uniform sample of the rows so far. */
  private void keep(double[] values) {
    int place = rows < kept.length ? rows : random.nextInt(rows + 1);
    if (place < kept.length) {
      kept[place] = values;
    }
    rows++;
  }

  private void learn() {
    int count = Math.min(rows, kept.length);
    int size = Math.min(SAMPLE, count);
    usual = unsuccessful(size);
    trees = new Node[TREES];
    for (int tree = 0; tree < TREES; tree++) {
      double[][] sample = new double[size][];
      Arrays.setAll(sample, i -> kept[random.nextInt(count)]);
      trees[tree] = grow(sample, 0);
    }
    Arrays.fill(kept, null);
  }

  private Node grow(double[][] sample, int depth) {
    int channel = depth < DEPTH && sample.length > 1 ? varying(sample) : -1;
    if (channel < 0) {
      return new Node(-1, 0, null, null, depth + unsuccessful(sample.length));
    }
    double least = Arrays.stream(sample).mapToDouble(row -> row[channel]).min().orElseThrow();
    double most = Arrays.stream(sample).mapToDouble(row -> row[channel]).max().orElseThrow();
    double value = least + (most - least) * random.nextDouble();
    double[][] below =
        Arrays.stream(sample).filter(row -> row[channel] < value).toArray(double[][]::new);
    double[][] above =
        Arrays.stream(sample).filter(row -> !(row[channel] < value)).toArray(double[][]::new);
    return new Node(channel, value, grow(below, depth + 1), grow(above, depth + 1), 0);
  }

  /** A channel at random of those that vary, -1 if none does. */
  private int varying(double[][] sample) {
    int channels = sample[0].length;
    int first = random.nextInt(channels);
    for (int i = 0; i < channels; i++) {
      int channel = (first + i) % channels;
      if (Arrays.stream(sample).anyMatch(row -> row[channel] != sample[0][channel])) {
        return channel;
      }
    }
    return -1;
  }

  /** Mean depth of an unsuccessful search among so many rows. */
  private static double unsuccessful(int rows) {
    if (rows <= 1) {
      return 0;
    }
    return rows == 2 ? 1 : 2 * (Math.log(rows - 1) + EULER) - 2.0 * (rows - 1) / rows;
  }

  private static double depth(Node tree, double[] values) {
    Node node = tree;
    while (node.left != null) {
      node = values[node.channel] < node.value ? node.left : node.right;
    }
    return node.depth;
  }
}
