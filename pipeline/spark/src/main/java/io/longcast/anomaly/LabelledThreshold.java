package io.longcast.anomaly;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A threshold chosen by labels, the same for all series, with its estimated quality; part of the
 * bundle.
 *
 * <p>Its figure is the F1 of events: the harmonic mean of the share of events that overlap a
 * labelled anomaly and the share of labelled anomalies that an event overlaps. Each anomaly counts
 * once, however long it is.
 *
 * @param surprisal from which a series alarms, above 0; {@code -ln} of a tail probability
 * @param eventF1 on the labels that it was chosen by
 * @param series looked at
 * @param anomalies labelled in them
 * @param folds quality of the same choice on held-out series
 */
public record LabelledThreshold(
    @JsonAlias(FORMER_NAME) double surprisal,
    double eventF1,
    long series,
    long anomalies,
    List<Fold> folds)
    implements Serializable {
  /** The name of the first component in bundles of version 0.1.0. */
  private static final String FORMER_NAME = "surprise";

  public LabelledThreshold {
    folds = List.copyOf(folds);
  }

  /**
   * Results of held-out series with the threshold chosen on the other series.
   *
   * @param surprisal chosen
   * @param anomalies labelled in the fold
   * @param found of them
   * @param events of the fold
   * @param right events that overlap an anomaly
   */
  public record Fold(
      @JsonAlias(FORMER_NAME) double surprisal, long anomalies, long found, long events, long right)
      implements Serializable {

    /** F1 of the events, 0 where nothing is found. */
    public double eventF1() {
      return f1(anomalies, found, events, right);
    }
  }

  /** F1 of events, 0 where nothing is found. */
  static double f1(long anomalies, long found, long events, long right) {
    double recall = found / (double) Math.max(1, anomalies);
    double precision = right / (double) Math.max(1, events);
    return found == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /** As a score in [0, 1]: the column {@code threshold} of the anomalies table. */
  public double score() {
    return -Math.expm1(-surprisal);
  }

  /** F1 of events on the series held out, all folds together. */
  public double heldOutF1() {
    return f1(
        folds.stream().mapToLong(Fold::anomalies).sum(),
        folds.stream().mapToLong(Fold::found).sum(),
        folds.stream().mapToLong(Fold::events).sum(),
        folds.stream().mapToLong(Fold::right).sum());
  }

  /** Standard deviation of the F1 of single folds. */
  public double deviation() {
    double mean = folds.stream().mapToDouble(Fold::eventF1).average().orElse(Double.NaN);
    return Math.sqrt(
        folds.stream()
            .mapToDouble(fold -> Math.pow(fold.eventF1() - mean, 2))
            .average()
            .orElse(Double.NaN));
  }

  /** The figures by name, for the bundle's manifest. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("threshold", score());
    figures.put("threshold_surprisal", surprisal);
    figures.put("event_f1", eventF1);
    figures.put("event_f1_held_out", heldOutF1());
    figures.put("event_f1_held_out_deviation", deviation());
    figures.put("series", (double) series);
    figures.put("anomalies", (double) anomalies);
    for (int i = 0; i < folds.size(); i++) {
      figures.put("fold_" + (i + 1) + "_threshold_surprisal", folds.get(i).surprisal());
      figures.put("fold_" + (i + 1) + "_event_f1", folds.get(i).eventF1());
    }
    return figures;
  }

  /** In words, for people. */
  public String described() {
    return String.format(
        Locale.ROOT,
        "threshold %.6f (surprisal %.2f) by %d labelled anomalies of %d series; F1 of events %.3f,"
            + " on series held out %.3f (deviation over %d folds %.3f; their surprisals %s)",
        score(),
        surprisal,
        anomalies,
        series,
        eventF1,
        heldOutF1(),
        folds.size(),
        deviation(),
        folds.stream()
            .map(fold -> String.format(Locale.ROOT, "%.2f", fold.surprisal()))
            .collect(Collectors.joining(", ")));
  }
}
