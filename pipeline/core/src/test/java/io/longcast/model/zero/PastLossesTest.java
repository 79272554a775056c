package io.longcast.model.zero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.season.Seasons;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastLossesTest {
  private final PastLosses losses =
      new PastLosses(
          List.of(
              new ZeroView(Seasons.NONE, false, 640, .5),
              new ZeroView(Seasons.NONE, true, 640, .5),
              new ZeroView(Seasons.NONE, false, 256, 1)));

  /** All quantiles at a distance from the value: half of it is the mean loss. */
  private void add(int view, double distance) {
    double[] quantiles = new double[ZeroShape.LEVEL_COUNT];
    Arrays.fill(quantiles, distance);
    losses.add(view, 0, quantiles, 0);
  }

  @Test
  void weighsViewsByTheSquaresOfTheirLosses() {
    for (int i = 0; i < 40; i++) {
      add(0, 1);
      add(1, 2);
      add(2, 4);
    }
    double total = .5 + .5 / 4 + 1 / 16.0;
    assertThat(losses.weights())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(.5 / total, .125 / total, 1 / 16.0 / total);
  }

  @Test
  void keepsToTheSharesWhereLittleIsKnown() {
    for (int i = 0; i < 40; i++) {
      add(0, 1);
      add(1, 9);
    }
    for (int i = 0; i < 31; i++) {
      add(2, 1);
    }
    assertThat(losses.weights()).containsExactly(.25, .25, .5);
    add(2, 1);
    assertThat(losses.weights()[1]).isCloseTo(.5 / 81 / (1.5 + .5 / 81), within(1e-12));
  }
}
