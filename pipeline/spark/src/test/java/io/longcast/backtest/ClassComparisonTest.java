package io.longcast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.evaluate.Metric;
import io.longcast.forecast.WindowStratum;
import io.longcast.model.ClassBatch;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassComparisonTest {
  private static final BacktestSpec HOW =
      new BacktestSpec(
          List.of("naive"),
          false,
          0,
          BacktestSpec.Gate.SERVE_BEST,
          100,
          .9,
          200,
          CombinationSpec.NONE);

  /** Ten series of one label each; every second is a fault, the baseline never says so. */
  private static ClassComparison compared(int right, double sure) {
    ClassModelScores subject = new ClassModelScores("network", 2);
    ClassModelScores baseline = new ClassModelScores("majority-class", 2);
    for (int series = 0; series < 10; series++) {
      int actual = series % 2;
      add(subject, series, actual, series < right ? actual : 1 - actual, sure);
      add(baseline, series, actual, 0, .5);
    }
    return new ClassComparison(List.of("normal", "fault"), subject, baseline);
  }

  private static void add(ClassModelScores to, int series, int actual, int found, double sure) {
    ClassBatch batch = new ClassBatch(1, 1, 2);
    batch.codes()[0] = found;
    batch.probabilities()[found] = (float) sure;
    batch.probabilities()[1 - found] = (float) (1 - sure);
    to.add(
        new SeriesChannel("s" + series, "state/label"),
        EnumSet.of(WindowStratum.REGULAR),
        1,
        actual,
        batch,
        0);
  }

  @Test
  void measuresSkillByMacroF1AndByLogLoss() {
    ClassComparison half = compared(8, .9);
    double f1 = half.found().metric("macro_f1").value();
    List<Skill> skills = half.skills(HOW, 7);
    assertThat(skills).extracting(Skill::name).containsExactly("macro_f1_skill", "log_loss_skill");
    assertThat(skills).extracting(Skill::against).containsOnly("majority-class");
    double always = half.majority().metric("macro_f1").value();
    assertThat(always).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(skills.get(0).interval().skill())
        .isCloseTo(1 - (1 - f1) / (1 - always), within(1e-12));
    double ours = -(8 * Math.log(.9) + 2 * Math.log(.1)) / (10 * Math.log(2));
    assertThat(skills.get(1).interval().skill()).isCloseTo(1 - ours, within(1e-6));
    assertThat(skills)
        .allSatisfy(
            skill -> {
              assertThat(skill.interval().series()).isEqualTo(10);
              assertThat(skill.interval().lower()).isLessThan(skill.interval().skill());
              assertThat(skill.interval().upper()).isGreaterThan(skill.interval().skill());
            });
    assertThat(skills.get(0).metrics())
        .extracting(Metric::name)
        .containsExactly("macro_f1_skill", "macro_f1_skill_lower", "macro_f1_skill_upper");
  }

  @Test
  void winsOnlyIfItIsNoGuess() {
    ClassComparison guess = compared(5, .9);
    assertThat(guess.found().metric("macro_f1").value())
        .isGreaterThan(guess.majority().metric("macro_f1").value());
    assertThat(guess.subjectWins()).isFalse();
    assertThat(compared(9, .9).subjectWins()).isTrue();
    assertThat(compared(9, .9999).subjectWins()).isFalse();
  }

  @Test
  void tellsClassesSeriesAndStepsApart() {
    ClassComparison all = compared(10, .9);
    assertThat(all.groups())
        .extracting(group -> group.model() + " " + group.group())
        .containsExactly(
            "network normal",
            "network fault",
            "network regular",
            "majority-class normal",
            "majority-class fault",
            "majority-class regular");
    Evaluation.Group fault = all.groups().get(4);
    assertThat(Metric.named("recall", fault.metrics()).value()).isZero();
    assertThat(all.details()).hasSize(2 * (10 + 1));
    assertThat(all.details().get(3))
        .satisfies(
            of -> {
              assertThat(of.series()).isEqualTo("s3");
              assertThat(of.channel()).isEqualTo("state/label");
              assertThat(of.step()).isNull();
              assertThat(Metric.named("accuracy", of.metrics()).value()).isEqualTo(1);
            });
    assertThat(all.details().get(10).step()).isEqualTo(1);
  }

  @Test
  void mergesFoldsWithoutChangingThem() {
    ClassComparison fold = compared(10, .9);
    ClassComparison both = ClassComparison.merged(List.of(fold, compared(0, .9)));
    assertThat(both.found().metric("accuracy").value()).isEqualTo(.5);
    assertThat(both.subject().bySeries()).hasSize(10);
    assertThat(fold.found().counts().total()).isEqualTo(10);
  }
}
