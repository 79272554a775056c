package io.longcast.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Forecasters side by side on the same windows.
 *
 * @param models scores of each, the model under test first
 */
public record Comparison(List<ModelScores> models) {

  public Comparison {
    models = List.copyOf(models);
    if (models.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs a model, found none");
    }
  }

  /** The model under test. */
  public ModelScores subject() {
    return models.get(0);
  }

  /** The baselines. */
  public List<ModelScores> baselines() {
    return models.subList(1, models.size());
  }

  /** The baseline with the smallest MASE. */
  public ModelScores bestBaseline() {
    return baselines().stream()
        .filter(model -> !Double.isNaN(model.mase()))
        .min(Comparator.comparingDouble(ModelScores::mase))
        .orElseThrow(
            () -> new IllegalStateException("no baseline has a MASE: no window was evaluated"));
  }

  /** Whether any window was evaluated. */
  public boolean hasWindows() {
    return !Double.isNaN(subject().mase());
  }

  /** Whether the model under test has a smaller MASE than every baseline. */
  public boolean subjectWins() {
    return hasWindows() && subject().mase() < bestBaseline().mase();
  }

  /** Comparisons of the same models on disjoint windows as one. */
  public static Comparison merged(List<Comparison> parts) {
    List<ModelScores> all = new ArrayList<>();
    for (ModelScores model : parts.get(0).models()) {
      all.add(model.copy());
    }
    for (Comparison part : parts.subList(1, parts.size())) {
      for (int m = 0; m < all.size(); m++) {
        all.get(m).merge(part.models().get(m));
      }
    }
    return new Comparison(all);
  }
}
