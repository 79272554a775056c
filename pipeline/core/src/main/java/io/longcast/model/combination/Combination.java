package io.longcast.model.combination;

import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.model.baseline.Baseline;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network and baselines whose forecasts are averaged by weights; quantiles are averaged level by
 * level.
 *
 * @param baselines at least one
 * @param weights of the network, then of each baseline; at least 0, sum 1
 */
public record Combination(List<Baseline> baselines, List<Double> weights) implements Serializable {
  private static final double TOLERANCE = 1e-6;

  public Combination {
    baselines = List.copyOf(baselines);
    weights = List.copyOf(weights);
    double sum = weights.stream().mapToDouble(w -> w).sum();
    if (weights.size() != baselines.size() + 1
        || weights.stream().anyMatch(w -> !(w >= 0))
        || Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException(
          "expected a weight >= 0 for the network and each of %s, sum 1, found %s"
              .formatted(baselines, weights));
    }
  }

  /** Forecasters in the order of the weights. */
  public static List<ForecasterFactory> members(
      ForecasterFactory network, List<Baseline> baselines, int season, List<Double> levels) {
    List<ForecasterFactory> members = new ArrayList<>(List.of(network));
    baselines.forEach(baseline -> members.add(() -> baseline.forecaster(season, levels)));
    return members;
  }

  /**
   * Opens the combination; members of weight 0 are not opened.
   *
   * @param network the first member
   * @param season steps of one season, 1 for none
   * @param levels of the network's quantiles
   */
  public ForecasterFactory on(ForecasterFactory network, int season, List<Double> levels) {
    List<ForecasterFactory> members = members(network, baselines, season, levels);
    return () -> {
      List<WindowForecaster> open = new ArrayList<>();
      List<Double> shares = new ArrayList<>();
      for (int m = 0; m < members.size(); m++) {
        if (weights.get(m) > 0) {
          open.add(members.get(m).open());
          shares.add(weights.get(m));
        }
      }
      return new CombinedForecaster(open, shares, levels);
    };
  }

  /** Such as {@code network 0.612, theta 0.388}. */
  public String described() {
    List<String> words = new ArrayList<>();
    for (int m = 0; m < weights.size(); m++) {
      String name = m == 0 ? "network" : baselines.get(m - 1).word();
      words.add(String.format(Locale.ROOT, "%s %.3f", name, weights.get(m)));
    }
    return String.join(", ", words);
  }
}
