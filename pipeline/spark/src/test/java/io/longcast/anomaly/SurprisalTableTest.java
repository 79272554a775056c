package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.score.TailModel;
import io.longcast.anomaly.score.TailState;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SurprisalTableTest {
  private static TailModel exponential() {
    TailState state = new TailState();
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      state.add(-Math.log(1 - random.nextDouble()));
    }
    return TailModel.fit(state);
  }

  @Test
  void isMinusTheLogarithmOfTheExceedance() {
    TailModel tail = exponential();
    SurprisalTable table = new SurprisalTable(tail);
    // As far as 100,000 values tell: further out a fitted tail may end, and the table is cut off.
    for (double value = .01; value < 12; value *= 1.07) {
      assertThat(table.of(value))
          .isCloseTo(-Math.log(tail.exceedance(value)), within(.05 + .004 * value));
    }
  }

  @Test
  void neverFallsAndHasAnEnd() {
    SurprisalTable table = new SurprisalTable(exponential());
    double before = 0;
    for (double value = 1e-6; value < 1e12; value *= 1.3) {
      assertThat(table.of(value)).isGreaterThanOrEqualTo(before);
      before = table.of(value);
    }
    assertThat(table.of(Double.POSITIVE_INFINITY)).isEqualTo(SurprisalTable.MOST);
    assertThat(table.of(0)).isZero();
    assertThat(table.of(Double.NaN)).isZero();
  }
}
