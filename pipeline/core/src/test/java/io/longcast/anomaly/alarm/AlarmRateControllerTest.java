package io.longcast.anomaly.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AlarmRateControllerTest {
  private static final double BUDGET = .002;
  private static final int STEPS = 300_000;

  private static AlarmRule rule(int mergeGap, int silence, boolean controlled) {
    return new AlarmRule(-Math.log(BUDGET), BUDGET, mergeGap, silence, controlled);
  }

  /** Events a step on surprisals that are {@code weight} times exponential: 1 is as promised. */
  private static double rate(AlarmRateController control, double weight) {
    SplittableRandom random = new SplittableRandom(5);
    long events = 0;
    for (int step = 0; step < STEPS; step++) {
      double surprisal = -weight * Math.log(1 - random.nextDouble());
      events += control.next(step, surprisal) == Verdict.BEGINS ? 1 : 0;
    }
    return events / (double) STEPS;
  }

  @Test
  void bringsSeriesWithOtherTailsToTheBudget() {
    assertThat(rate(new AlarmRateController(rule(0, 0, false)), 1.5)).isGreaterThan(5 * BUDGET);
    assertThat(rate(new AlarmRateController(rule(0, 0, true)), 1.5))
        .isCloseTo(BUDGET, within(.0001));
    assertThat(rate(new AlarmRateController(rule(0, 0, true)), 1)).isCloseTo(BUDGET, within(.0001));
    assertThat(rate(new AlarmRateController(rule(0, 0, true)), .6))
        .isCloseTo(BUDGET, within(.0001));
  }

  @Test
  void doesNotDriveAConstantSeriesToAlarms() {
    AlarmRateController control = new AlarmRateController(rule(0, 0, true));
    for (int step = 0; step < STEPS; step++) {
      assertThat(control.next(step, .5)).isEqualTo(Verdict.NORMAL);
    }
    assertThat(control.threshold()).isEqualTo(rule(0, 0, true).floor());
  }

  @Test
  void countsALongIncidentOnceAndKeepsAlarmingThroughIt() {
    AlarmRateController control = new AlarmRateController(rule(3, 0, true));
    assertThat(control.next(0, 20)).isEqualTo(Verdict.BEGINS);
    for (int step = 1; step < 10_000; step++) {
      assertThat(control.next(step, 8)).isEqualTo(Verdict.GOES_ON);
    }
  }

  /** Surprisals stay high for a hundred steps after one that was off; then another one is off. */
  @Test
  void endsAnEventOnceTheValuesAreBackAndBeginsAnotherWhenTheyLeaveAgain() {
    AlarmRateController control = new AlarmRateController(rule(3, 0, true));
    List<Verdict> verdicts = new ArrayList<>();
    for (int step = 0; step < 100; step++) {
      boolean isOff = step == 0 || step == 2 || step == 50;
      verdicts.add(control.next(step, 20, () -> !isOff));
    }
    assertThat(verdicts.subList(0, 3))
        .containsExactly(Verdict.BEGINS, Verdict.PAUSES, Verdict.GOES_ON);
    assertThat(verdicts.subList(3, 13)).containsOnly(Verdict.PAUSES);
    assertThat(verdicts.subList(13, 50)).containsOnly(Verdict.NORMAL);
    assertThat(verdicts.get(50)).isEqualTo(Verdict.BEGINS);
    assertThat(verdicts.subList(61, 100)).containsOnly(Verdict.NORMAL);
    assertThat(control.isHigh()).isTrue();
    for (int step = 100; step < 105; step++) {
      assertThat(control.next(step, 0)).isEqualTo(Verdict.NORMAL);
    }
    assertThat(control.isHigh()).isFalse();
    // Scores have fallen: what they find next is an event whether or not single values are off.
    assertThat(control.next(105, 20, () -> true)).isEqualTo(Verdict.BEGINS);
  }

  /** Quiet for so long that its threshold lies below what is ordinary later on. */
  @Test
  void endsAnAlarmThatAQuietThresholdBegan() {
    AlarmRule rule = rule(3, 0, true);
    AlarmRateController control = new AlarmRateController(rule);
    for (int step = 0; step < 10_000; step++) {
      control.next(step, 0);
    }
    assertThat(control.threshold()).isEqualTo(rule.floor());
    double ordinary = .9 * rule.start();
    assertThat(control.next(10_000, ordinary)).isEqualTo(Verdict.BEGINS);
    int begun = 1;
    int normal = 0;
    for (int step = 10_001; step < 20_000; step++) {
      Verdict verdict = control.next(step, ordinary);
      begun += verdict == Verdict.BEGINS ? 1 : 0;
      normal += verdict == Verdict.NORMAL ? 1 : 0;
    }
    assertThat(begun).isBetween(4, (int) (10_000 * BUDGET));
    assertThat(normal).isGreaterThan(3_000);
  }

  @Test
  void mergesNoMoreThanASixteenthOfTheStepsOfOneEvent() {
    assertThat(AlarmRule.mergeGap(6, 1 / 168.0)).isEqualTo(6);
    assertThat(AlarmRule.mergeGap(6, 5 / 168.0)).isEqualTo(2);
    assertThat(AlarmRule.mergeGap(6, 1)).isZero();
  }

  /** Days at one alarm a week: with a gap of 1 even the best threshold gives hardly as many. */
  @Test
  void mergesNothingWhereMergingWouldLeaveTooFewEvents() {
    double perStep = 1 / 7.0;
    assertThat(AlarmRule.mergeGap(6, perStep)).isZero();
    double most = 0;
    for (double start = .1; start < 4; start += .1) {
      AlarmRule merging = new AlarmRule(start, perStep, 1, 0, false);
      most = Math.max(most, rate(new AlarmRateController(merging), 1));
    }
    assertThat(most).isLessThan(1.05 * perStep);
    AlarmRule asked = new AlarmRule(-Math.log(perStep), perStep, 0, 0, true);
    assertThat(rate(new AlarmRateController(asked), 1)).isCloseTo(perStep, within(.01 * perStep));
  }

  @Test
  void staysAbleToAlarmAfterManyIncidents() {
    AlarmRateController control = new AlarmRateController(rule(0, 0, true));
    for (int step = 0; step < 10_000; step += 2) {
      control.next(step, 60);
      control.next(step + 1, 0);
    }
    assertThat(control.threshold()).isLessThanOrEqualTo(rule(0, 0, true).ceiling());
    assertThat(control.next(10_000, rule(0, 0, true).ceiling())).isEqualTo(Verdict.BEGINS);
  }

  @Test
  void mergesNeighboursAndIsSilentAfterAnEvent() {
    AlarmRateController control = new AlarmRateController(rule(2, 5, true));
    assertThat(control.next(0, 60)).isEqualTo(Verdict.BEGINS);
    assertThat(control.next(1, 0)).isEqualTo(Verdict.PAUSES);
    assertThat(control.next(2, 0)).isEqualTo(Verdict.PAUSES);
    assertThat(control.next(3, 60)).isEqualTo(Verdict.GOES_ON);
    for (int step = 4; step <= 6; step++) {
      assertThat(control.next(step, 0)).isEqualTo(Verdict.PAUSES);
    }
    for (int step = 7; step <= 8; step++) {
      assertThat(control.next(step, 60)).isEqualTo(Verdict.NORMAL);
    }
    assertThat(control.next(9, 60)).isEqualTo(Verdict.BEGINS);
  }

  @Test
  void goesOnUnderAnotherBudgetWithWhatItHasLearned() {
    AlarmRule rule = rule(2, 0, true);
    AlarmRateController control = new AlarmRateController(rule);
    for (int step = 0; step < 400; step++) {
      control.next(step, 0);
    }
    double learned = control.threshold() - rule.start();
    assertThat(learned).isNegative();
    assertThat(control.under(rule(2, 0, true))).isSameAs(control);

    AlarmRule often = new AlarmRule(rule.start() - 2, 8 * BUDGET, 2, 0, true);
    assertThat(control.under(often).threshold()).isCloseTo(often.start() + learned, within(1e-12));
    AlarmRule fixed = new AlarmRule(5, BUDGET, 2, 0, false);
    assertThat(control.under(fixed).threshold()).isEqualTo(5);

    assertThat(control.next(400, 60)).isEqualTo(Verdict.BEGINS);
    AlarmRateController open = control.under(often);
    assertThat(open.threshold()).as("of the open event").isEqualTo(control.threshold());
    assertThat(open.next(401, 60)).isEqualTo(Verdict.GOES_ON);
  }

  @Test
  void dividesABudgetOfTheFleetOverItsSeries() {
    AlarmBudget fleet = new AlarmBudget(10, AlarmBudget.Unit.FLEET_DAY);
    assertThat(fleet.perStep(168, 70)).isCloseTo(1 / 168.0, within(1e-12));
    assertThat(new AlarmBudget(1, AlarmBudget.Unit.SERIES_WEEK).perStep(168, 70))
        .isCloseTo(1 / 168.0, within(1e-12));
    assertThatThrownBy(() -> new AlarmBudget(0, AlarmBudget.Unit.FLEET_DAY))
        .hasMessage("alarmBudget must be > 0, found 0.0 (key anomaly.alarmBudget)");
  }
}
