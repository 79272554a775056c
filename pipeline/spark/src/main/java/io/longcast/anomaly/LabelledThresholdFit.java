package io.longcast.anomaly;

import io.longcast.evaluate.EventCounts;
import io.longcast.settings.SettingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Chooses a threshold by labels, and evaluates the choice by cross-validation over series: for each
 * fold the threshold is chosen on the other folds and evaluated on the fold.
 *
 * <p>Candidates are the same for any data, {@value #COUNT} surprisals of equal ratio. Of their F1,
 * averaged with their neighbours, the highest counts; of several equal ones, the middle one, as far
 * from the normal events as from the anomalies.
 */
final class LabelledThresholdFit {
  private static final int COUNT = 84;
  private static final double LOWEST = 1;
  private static final double RATIO = 1.05;
  private static final double NEIGHBOUR = .25;
  private static final double ALIKE = 1e-9;

  private final List<SeriesTally> series;
  private final int folds;

  /**
   * @param series in any order
   * @param folds at most so many; fewer where fewer series have anomalies
   */
  LabelledThresholdFit(List<SeriesTally> series, int folds) {
    this.series =
        series.stream()
            .sorted(
                Comparator.comparing((SeriesTally one) -> one.anomalies() == 0)
                    .thenComparing(SeriesTally::seriesId, SeriesSampleStage.BY_HASH))
            .toList();
    long labelled = series.stream().filter(one -> one.anomalies() > 0).count();
    this.folds = (int) Math.min(folds, labelled);
    requireClasses(labelled);
  }

  /** Candidate surprisals, ascending. */
  static double[] candidates() {
    return IntStream.range(0, COUNT).mapToDouble(k -> LOWEST * Math.pow(RATIO, k)).toArray();
  }

  private void requireClasses(long labelled) {
    if (labelled < 2) {
      throw new SettingException(
          List.of("labels.intervals", "labels.column", "anomaly.calibrationSeries"),
          "a threshold by labels needs at least 2 series with labelled anomalies among the steps"
              + " that training scores, to choose on one and evaluate on another, found "
              + labelled
              + " of "
              + series.size()
              + " series; give more labels, look at more series, or set anomaly.threshold.by ="
              + " budget");
    }
    if (series.stream().mapToLong(SeriesTally::normalSteps).sum() == 0) {
      throw new SettingException(
          List.of("labels.intervals", "labels.column", "labels.normal"),
          "a threshold by labels needs normal steps too, found only labelled anomalies in "
              + series.size()
              + " series; mark less, or set anomaly.threshold.by = budget");
    }
  }

  /** The choice on all series, and its quality. */
  LabelledThreshold fit() {
    int all = choose(series);
    EventCounts counts = sum(series, all);
    return new LabelledThreshold(
        candidates()[all],
        f1(counts),
        series.size(),
        counts.labelled(),
        IntStream.range(0, folds).mapToObj(this::heldOut).toList());
  }

  private LabelledThreshold.Fold heldOut(int fold) {
    int chosen = choose(dealt(fold, false));
    EventCounts counts = sum(dealt(fold, true), chosen);
    return new LabelledThreshold.Fold(
        candidates()[chosen],
        counts.labelled(),
        counts.found(),
        counts.alarms(),
        counts.rightAlarms());
  }

  /** Series of a fold, or of all others; those with anomalies are assigned first, one per fold. */
  private List<SeriesTally> dealt(int fold, boolean inside) {
    return IntStream.range(0, series.size())
        .filter(i -> (i % folds == fold) == inside)
        .mapToObj(series::get)
        .collect(Collectors.toList());
  }

  private static int choose(List<SeriesTally> among) {
    double[] f1 = IntStream.range(0, COUNT).mapToDouble(k -> f1(sum(among, k))).toArray();
    double best = IntStream.range(0, COUNT).mapToDouble(k -> smoothed(f1, k)).max().orElseThrow();
    List<Integer> alike = new ArrayList<>();
    for (int k = 0; k < COUNT; k++) {
      boolean isBest = smoothed(f1, k) >= best - ALIKE;
      boolean goesOn = alike.isEmpty() || alike.get(alike.size() - 1) == k - 1;
      if (isBest && goesOn) {
        alike.add(k);
      }
    }
    return alike.get(alike.size() / 2);
  }

  private static double smoothed(double[] f1, int k) {
    double neighbours = f1[Math.max(0, k - 1)] + f1[Math.min(COUNT - 1, k + 1)];
    return NEIGHBOUR * neighbours + (1 - 2 * NEIGHBOUR) * f1[k];
  }

  private static EventCounts sum(List<SeriesTally> among, int candidate) {
    return among.stream()
        .map(one -> one.counts().get(candidate))
        .reduce(EventCounts.NONE, EventCounts::plus);
  }

  private static double f1(EventCounts counts) {
    return LabelledThreshold.f1(
        counts.labelled(), counts.found(), counts.alarms(), counts.rightAlarms());
  }
}
