package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AlarmControlTest {
  private static final double BUDGET = .002;
  private static final int STEPS = 200_000;

  /** Alarms on exceedances that are {@code u^power}: power 1 is the tail as promised. */
  private static long alarms(AlarmControl control, double power) {
    SplittableRandom random = new SplittableRandom(5);
    long alarms = 0;
    for (int step = 0; step < STEPS; step++) {
      alarms += control.alarms(step, Math.pow(1 - random.nextDouble(), power)) ? 1 : 0;
    }
    return alarms;
  }

  @Test
  void bringsASeriesWithAHeavierTailDownToTheBudget() {
    double rate = alarms(new AlarmControl(BUDGET, 1, 0), 1.5) / (double) STEPS;
    assertThat(Math.pow(BUDGET, 1 / 1.5)).isGreaterThan(5 * BUDGET);
    assertThat(rate).isCloseTo(BUDGET, within(.3 * BUDGET));
  }

  @Test
  void doesNotDriveAQuietSeriesToAlarms() {
    assertThat(alarms(new AlarmControl(BUDGET, 1, 0), .5)).isLessThan(5);
  }

  @Test
  void staysAbleToAlarmAfterALongIncident() {
    AlarmControl control = new AlarmControl(BUDGET, 1, 0);
    for (int step = 0; step < 10_000; step++) {
      control.alarms(step, 1e-300);
    }
    assertThat(control.threshold()).isGreaterThan(1e-9);
    assertThat(control.alarms(10_000, 1e-12)).isTrue();
  }

  @Test
  void isSilentAfterAnAlarm() {
    AlarmControl control = new AlarmControl(BUDGET, 1, 10);
    assertThat(control.alarms(0, 1e-12)).isTrue();
    assertThat(control.alarms(10, 1e-12)).isFalse();
    assertThat(control.alarms(11, 1e-12)).isTrue();
  }
}
