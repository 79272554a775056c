package io.longcast.backtest;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.SkillInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forecasters side by side on the same windows.
 *
 * @param models scores of each, the model under test first
 */
public record Comparison(List<ModelScores> models) implements Evaluation {
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

  /** Values that the models were compared on. */
  public long values() {
    return subject().byStep().values().stream().mapToLong(errors -> errors.mae().count()).sum();
  }

  /** Whether so few values were compared that another draw may turn the order. */
  public boolean isThin(BacktestSpec spec) {
    return values() < spec.minValues();
  }

  @Override
  public boolean hasWindows() {
    return !Double.isNaN(subject().mase());
  }

  /** By MASE, which must be smaller than that of every baseline. */
  @Override
  public boolean subjectWins() {
    return hasWindows() && subject().mase() < bestBaseline().mase();
  }

  @Override
  public Map<String, List<Metric>> metrics() {
    Map<String, List<Metric>> all = new LinkedHashMap<>();
    models.forEach(model -> all.put(model.name(), model.pooled().metrics()));
    return all;
  }

  /** Odd windows apart: unseen, short, constant, with gaps or a shift of level, and the rest. */
  @Override
  public List<Group> groups() {
    List<Group> all = new ArrayList<>();
    for (ModelScores model : models) {
      model
          .byGroup()
          .forEach(
              (group, errors) -> all.add(new Group(model.name(), group.word(), errors.metrics())));
    }
    return all;
  }

  @Override
  public List<Detail> details() {
    List<Detail> all = new ArrayList<>();
    for (ModelScores model : models) {
      String name = model.name();
      model.bySeries().forEach((key, e) -> all.add(Detail.ofSeries(name, key, e.metrics())));
      model.byStep().forEach((step, e) -> all.add(Detail.ofStep(name, step, e.metrics())));
    }
    return all;
  }

  /** By the sums of absolute errors. */
  @Override
  public List<Skill> skills(BacktestSpec how, long seed) {
    double[] own = subject().absoluteErrors();
    List<Skill> all = new ArrayList<>();
    for (ModelScores baseline : baselines()) {
      SkillInterval interval =
          SkillInterval.bootstrap(
              own, baseline.absoluteErrors(), how.confidence(), how.resamples(), seed);
      all.add(new Skill(baseline.name(), "skill", interval));
    }
    return all;
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
