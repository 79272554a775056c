package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.RowInterval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The forests of the comparison find a row unlike all others. */
class ForestsTest {
  private static final int ODD = 700;

  private static LabelledSeries series() {
    SplittableRandom random = new SplittableRandom(7);
    double[][] rows = new double[1000][2];
    for (double[] row : rows) {
      row[0] = random.nextGaussian();
      row[1] = 5 + random.nextGaussian();
    }
    rows[ODD][0] = 9;
    return new LabelledSeries(
        new RowSeries("s", null, rows, 500), List.of(new RowInterval(ODD, ODD)));
  }

  private static int highest(double[] scores) {
    int highest = 500;
    for (int row = 501; row < scores.length; row++) {
      highest = scores[row] > scores[highest] ? row : highest;
    }
    return highest;
  }

  @Test
  void isolationForestIsolatesWhatIsFarAway() {
    RowSeries rows = series().series();
    double[] scores = rows.scores((channels, learning) -> new IsolationForest(learning, 1));
    assertThat(highest(scores)).isEqualTo(ODD);
    assertThat(Arrays.stream(scores, 500, 1000)).allMatch(score -> score > 0 && score < 1);
    assertThat(Arrays.stream(scores, 500, 1000).sorted().toArray()[250]).isBetween(.35, .55);
    assertThat(rows.scores((channels, learning) -> new IsolationForest(learning, 1)))
        .isEqualTo(scores);
  }

  @Test
  void isolationForestTakesRowsThatAllAgree() {
    double[][] rows = new double[300][1];
    RowSeries constant = new RowSeries("s", null, rows, 100);
    assertThat(constant.scores((channels, learning) -> new IsolationForest(learning, 1)))
        .doesNotContain(Double.NaN);
  }

  @Test
  void randomCutForestScoresByItsOwnLibrary() {
    assumeTrue(RandomCutForest.isAvailable(), RandomCutForest::hint);
    RandomCutForest.Scores scores = RandomCutForest.of(List.of(series()));
    assertThat(highest(scores.scores().get(0))).isBetween(ODD, ODD + 7);
    double[] grades = scores.grades().get(0);
    assertThat(grades[ODD]).isPositive();
    assertThat(Arrays.stream(grades, 500, ODD).filter(grade -> grade == 0).count())
        .isGreaterThan(150);
  }
}
