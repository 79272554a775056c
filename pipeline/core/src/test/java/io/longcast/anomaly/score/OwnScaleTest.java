package io.longcast.anomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.state.StateFormat;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class OwnScaleTest {
  private static final int ROWS = 40_000;
  private static final StateFormat FORMAT = new StateFormat("scale", 1, "restart");

  /** Share of exponential surprisals of a mean that reach a level, after some rows. */
  private static double share(double mean, double level) {
    OwnScale scale = new OwnScale();
    SplittableRandom random = new SplittableRandom(7);
    int reach = 0;
    for (int row = 0; row < 2 * ROWS; row++) {
      double own = scale.next(-mean * Math.log(1 - random.nextDouble()));
      reach += row >= ROWS && own >= level ? 1 : 0;
    }
    return reach / (double) ROWS;
  }

  /** A rare level is as rare for a series with three times the surprisals, and for a quiet one. */
  @Test
  void bringsSeriesWithOtherTailsToTheSameRate() {
    double level = 6;
    double wanted = Math.exp(-level);
    assertThat(share(1, level)).isCloseTo(wanted, within(.6 * wanted));
    assertThat(share(3, level)).isCloseTo(wanted, within(.6 * wanted));
    assertThat(share(.6, level)).isCloseTo(wanted, within(.6 * wanted));
  }

  /** The largest surprisal of rows, in the unit after others. */
  private static double after(int rows, IntToDoubleFunction surprisal) {
    OwnScale scale = new OwnScale();
    for (int row = 0; row < rows; row++) {
      scale.next(surprisal.applyAsDouble(row));
    }
    return scale.of(10);
  }

  @Test
  void aLongIncidentDoesNotHideTheNextOne() {
    double before = after(5000, row -> row % 20 == 0 ? 4 : 1);
    double incident = after(6002, row -> row >= 5000 && row < 6000 ? 40 : row % 20 == 0 ? 4 : 1);
    assertThat(incident).isLessThan(before).isGreaterThan(.75 * before);
  }

  @Test
  void anIncidentDoesNotHideItself() {
    OwnScale scale = new OwnScale();
    double first = scale.next(8);
    for (int row = 0; row < 50; row++) {
      assertThat(scale.next(8)).isEqualTo(first);
    }
    scale.next(1);
    assertThat(scale.next(8)).isLessThan(first);
  }

  @Test
  void aSeriesThatNeverMovesIsNotMadeSensitiveWithoutBound() {
    assertThat(after(100_000, row -> 0)).isCloseTo(20, within(1e-9));
  }

  @Test
  void goesOnToTheBit() {
    OwnScale whole = new OwnScale();
    for (int row = 0; row < 700; row++) {
      whole.next(row % 9);
    }
    OwnScale again = new OwnScale();
    FORMAT.read(
        FORMAT.write(whole::fields),
        fields -> {
          again.fields(fields);
          return again;
        });
    for (int row = 0; row < 700; row++) {
      assertThat(again.next(row % 9)).isEqualTo(whole.next(row % 9));
    }
  }
}
