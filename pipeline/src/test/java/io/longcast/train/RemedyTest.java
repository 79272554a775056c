package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.train.round.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemedyTest {
  private final Remedy remedy = new Remedy(new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 3, false));

  private static Fault fault(String kind, Fault.OddWindow... odd) {
    return new Fault(1, 7, kind, List.of(odd));
  }

  @Test
  void anOddWindowIsLeftOut() {
    Fault odd = fault("loss is NaN", new Fault.OddWindow("a, channel 0, origin 9", "= NaN"));

    Cursor after = remedy.after(Cursor.start(), List.of(odd));

    assertThat(after.skipped()).containsExactly("a, channel 0, origin 9");
    assertThat(after.rateFactor()).isEqualTo(1);
  }

  @Test
  void aLongGradientIsCut() {
    Cursor after = remedy.after(Cursor.start(), List.of(fault(Fault.LONG_GRADIENT + "7")));

    assertThat(after.clipShare()).isEqualTo(0.1);
    assertThat(after.rateFactor()).isEqualTo(1);
  }

  @Test
  void anyOtherFailureLowersTheRateUntilThereWereTooMany() {
    Cursor cursor = Cursor.start();
    List<Fault> faults = List.of(fault("loss 8.0 exceeds 4.0"));
    for (int failure = 0; failure < 3; failure++) {
      cursor = remedy.after(cursor, faults);
    }

    assertThat(cursor.rateFactor()).isEqualTo(0.125);
    assertThat(cursor.remedies().get(2)).endsWith("-> rate lowered to 0.125 of its schedule");
    Cursor last = cursor;
    assertThatThrownBy(() -> remedy.after(last, faults))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("loss 8.0 exceeds 4.0")
        .hasMessageContaining("3 allowed by training.divergence.mostRemedies");
  }
}
