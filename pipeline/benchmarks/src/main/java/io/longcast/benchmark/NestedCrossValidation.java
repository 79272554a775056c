package io.longcast.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Quality of a detector whose components, units and threshold were chosen on other series: series
 * are assigned to folds, related ones together; for each fold everything is chosen by the
 * protocol's figure on the other series, smoothed over neighbouring thresholds, and applied to the
 * fold; the folds' counts make one figure. Repeated with other folds for the spread.
 */
public final class NestedCrossValidation {
  /** In units of a part's high quantile. */
  private static final double[] THRESHOLDS =
      IntStream.range(0, 48).mapToDouble(k -> 0.28 * Math.pow(1.05, k)).toArray();

  private final CrossValidationSpec spec;
  private final DetectionProtocol protocol;
  private final ComponentTable table;
  private final long seed;

  /**
   * @param spec what is chosen from
   * @param table the candidates' scores
   * @param seed of the folds
   */
  NestedCrossValidation(
      CrossValidationSpec spec, DetectionProtocol protocol, ComponentTable table, long seed) {
    this.spec = spec;
    this.protocol = protocol;
    this.table = table;
    this.seed = seed;
  }

  /**
   * The estimate.
   *
   * @param figures one a repeat
   * @param choices how often each combination was chosen
   */
  public record Estimate(List<Double> figures, Map<String, Integer> choices) {
    public Estimate {
      figures = List.copyOf(figures);
      choices = Map.copyOf(choices);
    }

    /** Mean over the repeats. */
    public double mean() {
      return figures.stream().mapToDouble(f -> f).average().orElse(Double.NaN);
    }

    /** Standard deviation over the repeats. */
    public double deviation() {
      double mean = mean();
      return Math.sqrt(
          figures.stream().mapToDouble(f -> (f - mean) * (f - mean)).average().orElse(Double.NaN));
    }

    /** The least of the repeats. */
    public double least() {
      return figures.stream().mapToDouble(f -> f).min().orElse(Double.NaN);
    }
  }

  /**
   * One choice.
   *
   * @param parts chosen, by their place among the candidates
   * @param units of all candidates
   * @param threshold alarm at or above it
   * @param figure smoothed, on the series it was chosen on
   */
  record Choice(List<Integer> parts, double[] units, double threshold, double figure) {}

  /** Runs all repeats. */
  public Estimate estimate() {
    List<Double> figures = new ArrayList<>();
    Map<String, Integer> choices = new TreeMap<>();
    for (int r = 0; r < spec.repeats(); r++) {
      figures.add(figure(FoldDeal.random(protocol.series(), spec, seed + r), choices));
    }
    return new Estimate(figures, choices);
  }

  /** The figure with one fold a folder of the data. */
  public double acrossFolders() {
    FoldDeal deal = FoldDeal.folders(protocol.series());
    return deal.count() < 2 ? Double.NaN : figure(deal, new TreeMap<>());
  }

  private double figure(FoldDeal deal, Map<String, Integer> choices) {
    double[] sum = null;
    for (int fold = 0; fold < deal.count(); fold++) {
      Choice choice = choose(deal.without(fold));
      choices.merge(name(choice), 1, Integer::sum);
      List<double[]> scores = table.combined(choice.parts(), choice.units());
      for (int i : deal.of(fold)) {
        double[] tally = protocol.tallies(i, scores.get(i), new double[] {choice.threshold()})[0];
        sum = sum == null ? new double[tally.length] : sum;
        for (int k = 0; k < tally.length; k++) {
          sum[k] += tally[k];
        }
      }
    }
    return protocol.figure(sum);
  }

  /** A choice as text: components with their units, and the threshold. */
  String described(Choice choice) {
    return choice.parts().stream()
            .map(part -> table.names().get(part) + " unit " + choice.units()[part])
            .collect(Collectors.joining(", "))
        + ", threshold "
        + choice.threshold();
  }

  private String name(Choice choice) {
    return choice.parts().stream().map(table.names()::get).collect(Collectors.joining(" + "));
  }

  /** The choice made on all series: what is frozen for others. */
  Choice choiceOnAll() {
    return choose(IntStream.range(0, protocol.series().size()).boxed().toList());
  }

  private Choice choose(List<Integer> train) {
    return Arrays.stream(spec.quantiles().toArray(new Double[0]))
        .map(level -> units(train, level))
        .flatMap(units -> combinations().stream().map(parts -> choice(parts, units, train)))
        .reduce((one, other) -> other.figure() > one.figure() ? other : one)
        .orElseThrow();
  }

  private double[] units(List<Integer> train, double level) {
    double[] units =
        IntStream.range(0, table.names().size())
            .mapToDouble(part -> table.quantile(part, level, train, protocol.series()))
            .toArray();
    if (spec.commonUnit()) {
      Arrays.fill(units, Arrays.stream(units).average().orElse(1));
    }
    return units;
  }

  private List<List<Integer>> combinations() {
    int size = table.names().size();
    return IntStream.range(1, 1 << size)
        .filter(bits -> Integer.bitCount(bits) <= spec.maxParts())
        .mapToObj(
            bits -> IntStream.range(0, size).filter(p -> (bits >> p & 1) == 1).boxed().toList())
        .toList();
  }

  private Choice choice(List<Integer> parts, double[] units, List<Integer> train) {
    ThresholdChoice.Choice best =
        new ThresholdChoice(protocol, table.combined(parts, units), THRESHOLDS).smoothed(train);
    return new Choice(parts, units, best.threshold(), best.figure());
  }
}
