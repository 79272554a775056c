package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.train.round.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private final Recovery recovery =
      new Recovery(new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 3, false));

  private static Fault fault(String kind, Fault.OutlierWindow... outlier) {
    return new Fault(1, 7, kind, List.of(outlier));
  }

  @Test
  void anOutlierWindowIsLeftOut() {
    Fault outlier =
        fault("loss is NaN", new Fault.OutlierWindow("a, channel 0, origin 9", "= NaN"));

    TrainingPosition after = recovery.after(TrainingPosition.start(), List.of(outlier));

    assertThat(after.skipped()).containsExactly("a, channel 0, origin 9");
    assertThat(after.rateFactor()).isEqualTo(1);
  }

  @Test
  void aLongGradientIsCut() {
    TrainingPosition after =
        recovery.after(TrainingPosition.start(), List.of(fault(Fault.LONG_GRADIENT + "7")));

    assertThat(after.clipShare()).isEqualTo(0.1);
    assertThat(after.rateFactor()).isEqualTo(1);
  }

  @Test
  void anyOtherFailureLowersTheRateUntilThereWereTooMany() {
    TrainingPosition cursor = TrainingPosition.start();
    List<Fault> faults = List.of(fault("loss 8.0 exceeds 4.0"));
    for (int failure = 0; failure < 3; failure++) {
      cursor = recovery.after(cursor, faults);
    }

    assertThat(cursor.rateFactor()).isEqualTo(0.125);
    assertThat(cursor.recoveries().get(2)).endsWith("-> rate lowered to 0.125 of its schedule");
    TrainingPosition last = cursor;
    assertThatThrownBy(() -> recovery.after(last, faults))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("loss 8.0 exceeds 4.0")
        .hasMessageContaining("3 allowed by training.divergence.maxRecoveries");
  }
}
