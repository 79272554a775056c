package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Speeds of several sides in the same turns; medians, and medians of ratios within a turn. */
final class KernelTurns {
  private final Map<String, List<Speed>> speeds = new LinkedHashMap<>();

  void add(String name, Speed speed) {
    speeds.computeIfAbsent(name, n -> new ArrayList<>()).add(speed);
  }

  boolean has(String name) {
    return speeds.containsKey(name);
  }

  List<String> names() {
    return List.copyOf(speeds.keySet());
  }

  double median(String name, ToDoubleFunction<Speed> part) {
    return middle(speeds.get(name).stream().mapToDouble(part).toArray());
  }

  /** Median over the turns of one side's speed over another's. */
  double ratio(String a, String b, ToDoubleFunction<Speed> part) {
    int turns = Math.min(speeds.get(a).size(), speeds.get(b).size());
    double[] ratios = new double[turns];
    for (int i = 0; i < turns; i++) {
      ratios[i] =
          part.applyAsDouble(speeds.get(a).get(i)) / part.applyAsDouble(speeds.get(b).get(i));
    }
    return middle(ratios);
  }

  private static double middle(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
