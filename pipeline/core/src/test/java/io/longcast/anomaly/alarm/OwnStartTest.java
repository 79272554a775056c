package io.longcast.anomaly.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.alarm.AlarmRateController.Verdict;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Starts of single series, and what they are worth while few alarms are due. */
class OwnStartTest {
  private static final double BUDGET = .001;
  private static final double START = -Math.log(BUDGET);
  private static final double LEVEL = 2;

  /** Of a fleet whose surprisals are exponential. */
  private static OwnStart own() {
    return OwnStart.of(LEVEL, Math.exp(-LEVEL), times -> -Math.log(BUDGET / times));
  }

  @Test
  void startsWhereAllDoUntilThereIsAPast() {
    assertThat(own().start(0, 0)).isEqualTo(START);
    assertThat(own().start(0, 10)).isLessThan(START).isGreaterThan(START - 1);
  }

  @Test
  void startsByTheFrequencyOfItsPeaks() {
    long steps = 1_000_000;
    long usual = Math.round(steps * Math.exp(-LEVEL));
    assertThat(own().start(usual, steps)).isCloseTo(START, within(1e-3));
    assertThat(own().start(usual / 6, steps)).isCloseTo(START - Math.log(6), within(1e-2));
    assertThat(own().start(3 * usual, steps)).as("at most").isCloseTo(START, within(1e-9));
    assertThat(own().start(0, steps)).as("at least").isCloseTo(START - Math.log(16), within(1e-9));
  }

  /** Series that see the steps of one alarm; a quarter of them make most of the surprisals. */
  @Test
  void bringsQuietSeriesToTheBudgetBeforeFeedbackCan() {
    AlarmRule alike = new AlarmRule(START, BUDGET, 0, 0, true);
    AlarmRule apart = new AlarmRule(START, BUDGET, 0, 0, true, own());
    double feedback = lateEvents(alike, .1);
    double both = lateEvents(apart, .1);
    assertThat(feedback).isLessThan(.45);
    assertThat(both).isBetween(.7, 1.4);
    assertThat(lateEvents(apart, 3.7)).isEqualTo(lateEvents(alike, 3.7));
  }

  /**
   * Events in the second half of the steps, as a share of the budget.
   *
   * @param often how much more often than the average series these are surprised
   */
  private static double lateEvents(AlarmRule rule, double often) {
    SplittableRandom random = new SplittableRandom(3);
    int series = 400;
    int steps = (int) (1 / BUDGET);
    int events = 0;
    for (int s = 0; s < series; s++) {
      AlarmRateController control = new AlarmRateController(rule);
      for (int step = 0; step < steps; step++) {
        // A surprisal of at least ln 4 comes with probability often / 4.
        double surprisal =
            random.nextDouble() < often / 4 ? Math.log(4) - Math.log(1 - random.nextDouble()) : 0;
        Verdict verdict = control.next(step, surprisal);
        events += step >= steps / 2 && verdict == Verdict.BEGINS ? 1 : 0;
      }
    }
    return events / (series * steps / 2 * BUDGET);
  }
}
