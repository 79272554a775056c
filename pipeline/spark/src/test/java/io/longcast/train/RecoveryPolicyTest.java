package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.train.TrainingRecovery.Action;
import io.longcast.train.round.Fault;
import io.longcast.train.round.Fault.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryPolicyTest {
  private final RecoveryPolicy recovery =
      new RecoveryPolicy(new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 3, false));

  private static Fault fault(Kind kind, double value, Fault.OutlierWindow... outlier) {
    return new Fault(1, 7, kind, value, 4, "", List.of(outlier));
  }

  @Test
  void anOutlierWindowIsLeftOut() {
    Fault outlier =
        fault(
            Kind.LOSS_NOT_FINITE,
            Double.NaN,
            new Fault.OutlierWindow("a, channel 0, origin 9", "= NaN"));

    TrainingPosition after = recovery.after(TrainingPosition.start(), List.of(outlier));

    assertThat(after.skipped()).containsExactly("a, channel 0, origin 9");
    assertThat(after.recoveries())
        .containsExactly(
            new TrainingRecovery(
                0,
                1,
                Action.EXCLUDE_WINDOWS,
                1,
                List.of("a, channel 0, origin 9"),
                List.of(outlier)));
    assertThat(after.rateFactor()).isEqualTo(1);
  }

  @Test
  void aLongGradientIsCut() {
    TrainingPosition after =
        recovery.after(TrainingPosition.start(), List.of(fault(Kind.GRADIENT_TOO_LONG, 7)));

    assertThat(after.clipShare()).isEqualTo(0.1);
    assertThat(after.rateFactor()).isEqualTo(1);
  }

  @Test
  void oneFaultOfAnotherKindAmongLongGradientsLowersTheRate() {
    TrainingPosition after =
        recovery.after(
            TrainingPosition.start(),
            List.of(fault(Kind.GRADIENT_TOO_LONG, 7), fault(Kind.LOSS_TOO_HIGH, 8)));

    assertThat(after.clipShare()).isEqualTo(1);
    assertThat(after.rateFactor()).isEqualTo(0.5);
  }

  @Test
  void anyOtherFailureLowersTheRateUntilThereWereTooMany() {
    TrainingPosition cursor = TrainingPosition.start();
    List<Fault> faults = List.of(fault(Kind.LOSS_TOO_HIGH, 8));
    for (int failure = 0; failure < 3; failure++) {
      cursor = recovery.after(cursor, faults);
    }

    assertThat(cursor.rateFactor()).isEqualTo(0.125);
    assertThat(cursor.recoveries())
        .extracting(TrainingRecovery::remaining)
        .containsExactly(0.5, 0.25, 0.125);
    assertThat(cursor.recoveries().get(2))
        .hasToString(
            "round 1 failed: shard 1, step 8: loss 8.0 exceeds 4.0"
                + " -> learning rate lowered to 0.125 of its schedule");
    TrainingPosition last = cursor;
    assertThatThrownBy(() -> recovery.after(last, faults))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("loss 8.0 exceeds 4.0")
        .hasMessageContaining("3 allowed by training.divergence.maxRecoveries");
  }
}
