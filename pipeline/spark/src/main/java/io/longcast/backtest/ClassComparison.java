package io.longcast.backtest;

import io.longcast.evaluate.ClassCounts;
import io.longcast.evaluate.ClassScores;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.SkillInterval;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier compared with always predicting the class that was most frequent in training, with
 * the frequencies of training as probabilities.
 *
 * @param classes names by code
 * @param subject the classifier
 * @param baseline the most frequent class
 */
public record ClassComparison(
    List<String> classes, ClassModelScores subject, ClassModelScores baseline)
    implements Evaluation, Serializable {

  public ClassComparison {
    classes = List.copyOf(classes);
  }

  /** Scores of the classifier over all windows. */
  public ClassScores found() {
    return subject.pooled();
  }

  /** Scores of the most frequent class over all windows. */
  public ClassScores majority() {
    return baseline.pooled();
  }

  private List<ClassModelScores> models() {
    return List.of(subject, baseline);
  }

  @Override
  public boolean hasWindows() {
    return found().counts().total() > 0;
  }

  /**
   * By macro-F1, since where one class is rare, always saying the other is hard to beat in
   * accuracy; and by log-loss, since guessing by chance beats it in macro-F1 too.
   */
  @Override
  public boolean subjectWins() {
    return value(found(), "macro_f1") > value(majority(), "macro_f1")
        && value(found(), "log_loss") < value(majority(), "log_loss");
  }

  private static double value(ClassScores scores, String metric) {
    return scores.metric(metric).value();
  }

  @Override
  public Map<String, List<Metric>> metrics() {
    Map<String, List<Metric>> all = new LinkedHashMap<>();
    models().forEach(model -> all.put(model.name(), model.pooled().metrics()));
    return all;
  }

  /** Each class, and outlier windows. */
  @Override
  public List<Group> groups() {
    List<Group> all = new ArrayList<>();
    for (ClassModelScores model : models()) {
      for (int code = 0; code < classes.size(); code++) {
        all.add(new Group(model.name(), classes.get(code), model.pooled().ofClass(code)));
      }
      model
          .byGroup()
          .forEach(
              (group, scores) -> all.add(new Group(model.name(), group.word(), scores.metrics())));
    }
    return all;
  }

  @Override
  public List<Detail> details() {
    List<Detail> all = new ArrayList<>();
    for (ClassModelScores model : models()) {
      String name = model.name();
      model.bySeries().forEach((key, s) -> all.add(Detail.ofSeries(name, key, s.metrics())));
      model.byStep().forEach((step, s) -> all.add(Detail.ofStep(name, step, s.metrics())));
    }
    return all;
  }

  /**
   * By macro-F1, {@code 1 - (1 - F1) / (1 - F1 of the baseline)} of the confusion matrices of the
   * series drawn, and by log-loss.
   */
  @Override
  public List<Skill> skills(BacktestSpec how, long seed) {
    List<ClassScores> ours = List.copyOf(subject.bySeries().values());
    List<ClassScores> theirs = List.copyOf(baseline.bySeries().values());
    SkillInterval f1 =
        SkillInterval.bootstrap(
            ours.size(),
            drawn -> 1 - (1 - macroF1(ours, drawn)) / (1 - macroF1(theirs, drawn)),
            how.confidence(),
            how.resamples(),
            seed);
    SkillInterval logLoss =
        SkillInterval.bootstrap(
            ours.stream().mapToDouble(ClassScores::surprisal).toArray(),
            theirs.stream().mapToDouble(ClassScores::surprisal).toArray(),
            how.confidence(),
            how.resamples(),
            seed);
    return List.of(
        new Skill(baseline.name(), "macro_f1_skill", f1),
        new Skill(baseline.name(), "log_loss_skill", logLoss));
  }

  private double macroF1(List<ClassScores> series, int[] drawn) {
    ClassCounts counts = new ClassCounts(classes.size());
    for (int at : drawn) {
      counts.merge(series.get(at).counts());
    }
    return counts.metric("macro_f1").value();
  }

  /** Comparisons of the same models on disjoint windows as one. */
  public static ClassComparison merged(List<ClassComparison> parts) {
    ClassModelScores subject = parts.get(0).subject().copy();
    ClassModelScores baseline = parts.get(0).baseline().copy();
    for (ClassComparison part : parts.subList(1, parts.size())) {
      subject.merge(part.subject());
      baseline.merge(part.baseline());
    }
    return new ClassComparison(parts.get(0).classes(), subject, baseline);
  }
}
