package io.longcast.benchmark;

import io.longcast.evaluate.SkillInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A figure of each series of a collection, and what can be said of its mean. */
final class SeriesFigures {
  private static final double CONFIDENCE = .95;

  private final List<Double> values = new ArrayList<>();

  /** Adds the figure of a series; not a number where it has none. */
  void add(double value) {
    if (!Double.isNaN(value)) {
      values.add(value);
    }
  }

  /** Not a number without series. */
  double mean() {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** The 95 % interval of the mean by the bootstrap over series. */
  SkillInterval interval(int resamples, long seed) {
    return SkillInterval.bootstrap(
        values.size(),
        drawn -> Arrays.stream(drawn).mapToDouble(values::get).average().orElse(Double.NaN),
        CONFIDENCE,
        resamples,
        seed);
  }
}
