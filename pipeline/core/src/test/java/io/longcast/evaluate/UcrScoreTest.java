package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UcrScoreTest {
  /** The anomaly is {@code [500, 520)}: the reference takes begin - 100 to end + 100. */
  @ParameterizedTest
  @CsvSource({"399, false", "400, true", "500, true", "519, true", "620, true", "621, false"})
  void hitsWithinAHundredRows(int highest, boolean isHit) {
    double[] scores = new double[1000];
    scores[highest] = 1;
    scores[50] = 9;
    assertThat(UcrScore.isHit(scores, 100, new RowInterval(500, 519))).isEqualTo(isHit);
  }

  @ParameterizedTest
  @CsvSource({"450, true", "100, false"})
  void theFirstOfEqualScoresCounts(int first, boolean isHit) {
    double[] scores = new double[1000];
    java.util.Arrays.fill(scores, first, 1000, 2);
    assertThat(UcrScore.isHit(scores, 100, new RowInterval(500, 519))).isEqualTo(isHit);
  }
}
