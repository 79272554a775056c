package io.longcast.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Results of a detector at each of many thresholds, by series, so that a threshold can be chosen on
 * the labels of some series and evaluated on others.
 */
final class ThresholdChoice {
  private static final int IN_BULK = 100;
  private static final int IN_TAIL = 140;
  private static final double REFUSED = 1000;
  private static final double TAIL = 0.1;

  private final DetectionProtocol protocol;
  private final double[] thresholds;
  private final double[][][] tallies;

  ThresholdChoice(DetectionProtocol protocol, List<double[]> scores, double[] thresholds) {
    this.protocol = protocol;
    this.thresholds = thresholds.clone();
    tallies = new double[scores.size()][][];
    for (int i = 0; i < tallies.length; i++) {
      tallies[i] = protocol.tallies(i, scores.get(i), this.thresholds);
    }
  }

  /** A threshold with its figure on the series it was chosen on. */
  record Choice(double threshold, double figure) {}

  /**
   * Candidate thresholds: quantiles of the scores of all evaluated rows, evenly spaced below the
   * 0.9 quantile, and evenly in the logarithm of the share above.
   */
  static double[] candidates(List<LabelledSeries> series, List<double[]> scores) {
    double[] all =
        IntStream.range(0, scores.size())
            .boxed()
            .flatMapToDouble(
                i -> Arrays.stream(scores.get(i)).skip(series.get(i).series().learningRows()))
            .sorted()
            .toArray();
    double last = Math.log(1.0 / all.length);
    return IntStream.range(0, IN_BULK + IN_TAIL)
        .mapToDouble(k -> k < IN_BULK ? 1 - (1 - TAIL) * k / IN_BULK : tail(k - IN_BULK, last))
        .map(share -> all[(int) ((1 - share) * (all.length - 1))])
        .sorted()
        .distinct()
        .toArray();
  }

  private static double tail(int k, double last) {
    return Math.exp(Math.log(TAIL) + (last - Math.log(TAIL)) * k / (IN_TAIL - 1));
  }

  /** The best threshold for some series, without smoothing: the oracle where they are all. */
  Choice best(List<Integer> among) {
    return choose(among, 0);
  }

  /** The best one with the figure averaged over neighbours, one quarter each: less by chance. */
  Choice smoothed(List<Integer> among) {
    return choose(among, 0.25);
  }

  private Choice choose(List<Integer> among, double neighbour) {
    double[] figures = new double[thresholds.length];
    for (int t = 0; t < figures.length; t++) {
      double[] sum = sum(among, t);
      figures[t] = protocol.figure(sum) - (protocol.admits(sum) ? 0 : REFUSED);
    }
    Choice best = new Choice(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    for (int t = 0; t < figures.length; t++) {
      double below = figures[Math.max(0, t - 1)];
      double above = figures[Math.min(figures.length - 1, t + 1)];
      double smooth = neighbour * (below + above) + (1 - 2 * neighbour) * figures[t];
      if (smooth > best.figure()) {
        best = new Choice(thresholds[t], smooth);
      }
    }
    return best;
  }

  private double[] sum(List<Integer> among, int threshold) {
    double[] sum = new double[tallies[0][threshold].length];
    for (int i : among) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += tallies[i][threshold][k];
      }
    }
    return sum;
  }

  /** The threshold of each series, chosen on the labels of the other folds. */
  double[] crossValidated(FoldDeal deal) {
    double[] chosen = new double[tallies.length];
    for (int fold = 0; fold < deal.count(); fold++) {
      double threshold = smoothed(deal.without(fold)).threshold();
      deal.of(fold).forEach(i -> chosen[i] = threshold);
    }
    return chosen;
  }

  /** Scores in units of their series' threshold: an alarm is 1 or above. */
  static List<double[]> inUnits(List<double[]> scores, double[] thresholds) {
    return IntStream.range(0, scores.size())
        .mapToObj(i -> Arrays.stream(scores.get(i)).map(s -> s / thresholds[i]).toArray())
        .toList();
  }
}
