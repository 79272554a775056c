package io.longcast.benchmark;

import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.PartSpec;
import io.longcast.evaluate.NabScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a detector's whole choice (parts, units, threshold) is worth on files that the choice has
 * not seen: files are dealt into folds, related ones together; for each fold everything is chosen
 * by the standard score on the other files, with the threshold's score smoothed over its
 * neighbours, and applied to the fold; the folds' raw scores make one figure. Repeated with other
 * folds for the spread.
 */
public final class NestedCrossValidation {
  private static final int THRESHOLDS = 36;
  private static final double FIRST_THRESHOLD = 0.35;
  private static final double GROWTH = 1.05;

  private final CrossValidationSpec spec;
  private final NabScorer scorer;
  private final List<NabScorer.Scored> empty;
  private final List<String> groups;
  private final double[][][] scores;
  private final long seed;

  /**
   * @param spec what is chosen from
   * @param scorer profile and silence
   * @param series the files
   * @param seed of the folds
   */
  NestedCrossValidation(
      CrossValidationSpec spec, NabScorer scorer, List<LabelledSeries> series, long seed) {
    this.spec = spec;
    this.scorer = scorer;
    this.seed = seed;
    groups = series.stream().map(one -> group(one.series().id())).toList();
    empty =
        NabProtocol.scored(
            series, series.stream().map(one -> new double[one.series().length()]).toList());
    scores = new double[spec.parts().size()][series.size()][];
    for (int p = 0; p < scores.length; p++) {
      DetectorSpec alone =
          new DetectorSpec(
              List.of(spec.parts().get(p).withUnit(1)), spec.halfLife(), spec.floor(), List.of());
      for (int f = 0; f < series.size(); f++) {
        scores[p][f] = series.get(f).series().scores(alone);
      }
    }
  }

  private String group(String id) {
    return spec.together().stream().filter(id::contains).findFirst().orElse(id);
  }

  /**
   * The estimate.
   *
   * @param mean over the repeats, normalised score
   * @param deviation over the repeats
   * @param choices how often each combination was chosen
   */
  public record Estimate(double mean, double deviation, Map<String, Integer> choices) {}

  /**
   * One choice.
   *
   * @param parts with their units
   * @param threshold alarm at or above it
   * @param score smoothed raw score on the files it was chosen on
   */
  public record Choice(List<PartSpec> parts, double threshold, double score) {
    private String name() {
      return parts.stream().map(PartSpec::toString).collect(Collectors.joining(" + "));
    }
  }

  /** Runs all repeats. */
  public Estimate estimate() {
    double[] figures = new double[spec.repeats()];
    Map<String, Integer> choices = new TreeMap<>();
    for (int r = 0; r < figures.length; r++) {
      Map<String, Integer> fold = folds(r);
      double raw = 0;
      for (int k = 0; k < spec.folds(); k++) {
        int held = k;
        List<Integer> train = files(f -> fold.get(groups.get(f)) != held);
        Choice choice = choose(train);
        choices.merge(choice.name(), 1, Integer::sum);
        for (int f : files(f -> fold.get(groups.get(f)) == held)) {
          raw += raw(f, combined(choice.parts(), f), choice.threshold());
        }
      }
      figures[r] = normalised(raw);
    }
    double mean = Arrays.stream(figures).average().orElse(Double.NaN);
    double variance =
        Arrays.stream(figures).map(x -> (x - mean) * (x - mean)).average().orElse(Double.NaN);
    return new Estimate(mean, Math.sqrt(variance), choices);
  }

  /** The choice made on all files: what is frozen for others. */
  public Choice choiceOnAll() {
    return choose(files(f -> true));
  }

  private List<Integer> files(java.util.function.IntPredicate which) {
    return IntStream.range(0, groups.size()).filter(which).boxed().toList();
  }

  private Map<String, Integer> folds(int repeat) {
    List<String> names = new ArrayList<>(groups.stream().distinct().toList());
    Collections.shuffle(names, new Random(seed + repeat));
    Map<String, Integer> folds = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      folds.put(names.get(i), i % spec.folds());
    }
    return folds;
  }

  private double normalised(double raw) {
    long windows = empty.stream().mapToLong(file -> file.file().windows().size()).sum();
    double none = -scorer.profile().falseNegative() * windows;
    return 100 * (raw - none) / (scorer.profile().truePositive() * windows - none);
  }

  private Choice choose(List<Integer> train) {
    List<List<PartSpec>> candidates = new ArrayList<>();
    for (double quantile : spec.quantiles()) {
      List<PartSpec> units = units(train, quantile);
      for (int bits = 1; bits < 1 << units.size(); bits++) {
        if (Integer.bitCount(bits) <= spec.mostParts()) {
          int chosen = bits;
          candidates.add(
              IntStream.range(0, units.size())
                  .filter(p -> (chosen >> p & 1) == 1)
                  .mapToObj(units::get)
                  .toList());
        }
      }
    }
    return candidates.parallelStream()
        .map(parts -> best(parts, train))
        .reduce((one, other) -> other.score() > one.score() ? other : one)
        .orElseThrow();
  }

  /** All parts, with a quantile of their scores after the probation of the files as unit. */
  private List<PartSpec> units(List<Integer> train, double quantile) {
    List<PartSpec> units = new ArrayList<>();
    for (int p = 0; p < scores.length; p++) {
      int part = p;
      double[] sorted =
          train.stream()
              .flatMapToDouble(f -> Arrays.stream(scores[part][f]).skip(probation(f)))
              .sorted()
              .toArray();
      double unit = sorted[(int) (quantile * (sorted.length - 1))];
      units.add(spec.parts().get(p).withUnit(Math.max(1e-9, unit)));
    }
    return units;
  }

  private int probation(int file) {
    return empty.get(file).file().probation();
  }

  private Choice best(List<PartSpec> parts, List<Integer> train) {
    double[] raw = new double[THRESHOLDS];
    for (int f : train) {
      double[] combined = combined(parts, f);
      for (int t = 0; t < THRESHOLDS; t++) {
        raw[t] += raw(f, combined, threshold(t));
      }
    }
    Choice best = null;
    for (int t = 1; t + 1 < THRESHOLDS; t++) {
      double smooth = 0.25 * raw[t - 1] + 0.5 * raw[t] + 0.25 * raw[t + 1];
      if (best == null || smooth > best.score()) {
        best = new Choice(parts, threshold(t), smooth);
      }
    }
    return best;
  }

  private static double threshold(int index) {
    return FIRST_THRESHOLD * Math.pow(GROWTH, index);
  }

  private double[] combined(List<PartSpec> parts, int file) {
    double[] combined = new double[scores[0][file].length];
    for (PartSpec part : parts) {
      double[] own = scores[index(part)][file];
      for (int i = 0; i < combined.length; i++) {
        combined[i] = Math.max(combined[i], own[i] / part.unit());
      }
    }
    return combined;
  }

  private int index(PartSpec part) {
    for (int p = 0; p < scores.length; p++) {
      PartSpec candidate = spec.parts().get(p);
      if (candidate.kind() == part.kind() && candidate.width() == part.width()) {
        return p;
      }
    }
    throw new IllegalStateException("not a candidate: " + part);
  }

  private double raw(int file, double[] combined, double threshold) {
    return scorer.raw(new NabScorer.Scored(empty.get(file).file(), combined), threshold);
  }
}
