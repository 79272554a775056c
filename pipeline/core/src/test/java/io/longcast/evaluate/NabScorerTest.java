package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NabScorerTest {
  private static final NabFile FILE = new NabFile(100, List.of(new RowInterval(50, 59)));
  private static final NabScorer STANDARD = NabScorer.of(NabProfile.STANDARD);

  private static NabScorer.Scored alarms(int... rows) {
    double[] scores = new double[100];
    for (int row : rows) {
      scores[row] = 1;
    }
    return new NabScorer.Scored(FILE, scores);
  }

  private static double raw(int... rows) {
    return STANDARD.raw(alarms(rows), 0.5);
  }

  private static double sigmoid(double y) {
    return 2 / (1 + Math.exp(5 * y)) - 1;
  }

  @Test
  void leavesTheProbationOut() {
    assertThat(FILE.probation()).isEqualTo(15);
    assertThat(NabFile.probation(10_000)).isEqualTo(750);
    assertThat(raw(14)).isEqualTo(-1);
    assertThat(raw(15)).isEqualTo(-1 - 0.11);
  }

  @Test
  void countsTheBestAlarmOfAWindowOnce() {
    assertThat(raw(50)).isEqualTo(1);
    assertThat(raw(50, 55, 59)).isEqualTo(1);
    assertThat(raw(59)).isCloseTo(sigmoid(-0.1) / sigmoid(-1), within(1e-12));
  }

  @Test
  void countsEveryAlarmOutsideByItsDistance() {
    assertThat(raw(50, 60)).isCloseTo(1 + 0.11 * sigmoid(1.0 / 9), within(1e-12));
    assertThat(raw(50, 60, 61))
        .isCloseTo(1 + 0.11 * (sigmoid(1.0 / 9) + sigmoid(2.0 / 9)), within(1e-12));
    assertThat(raw(50, 90)).isCloseTo(1 - 0.11, within(1e-12));
    assertThat(raw(20, 50)).isCloseTo(1 - 0.11, within(1e-12));
  }

  @Test
  void putsNoAlarmAtZeroAndAPerfectDetectorAtHundred() {
    for (NabProfile profile : NabProfile.values()) {
      NabScorer scorer = NabScorer.of(profile);
      assertThat(scorer.score(List.of(alarms()), 0.5).value()).isEqualTo(0);
      assertThat(scorer.score(List.of(alarms(50)), 0.5).value()).isEqualTo(100);
      assertThat(scorer.score(List.of(alarms(50)), 0.5).count()).isEqualTo(1);
    }
    assertThat(NabScorer.of(NabProfile.REWARD_LOW_FN).score(List.of(alarms(20)), 0.5).value())
        .isCloseTo(100 * -0.11 / 3, within(1e-12));
    assertThat(NabScorer.of(NabProfile.REWARD_LOW_FP).score(List.of(alarms(20, 50)), 0.5).value())
        .isCloseTo(100 * (2 - 0.22) / 2, within(1e-12));
  }

  @Test
  void keepsQuietAfterAnAlarm() {
    NabScorer quiet = new NabScorer(NabProfile.STANDARD, 10);
    assertThat(quiet.raw(alarms(20, 25, 30, 50), 0.5)).isCloseTo(1 - 0.11, within(1e-12));
    assertThat(quiet.raw(alarms(20, 31, 50), 0.5)).isCloseTo(1 - 0.22, within(1e-12));
  }

  @Test
  void findsTheSameOracleAsTryingEveryThreshold() {
    SplittableRandom random = new SplittableRandom(7);
    double[] scores = random.doubles(100).map(s -> Math.round(s * 20) / 20.0).toArray();
    scores[52] = 1.1;
    double[] others = random.doubles(100).toArray();
    List<NabScorer.Scored> files =
        List.of(
            new NabScorer.Scored(FILE, scores),
            new NabScorer.Scored(new NabFile(100, List.of()), others));
    for (NabProfile profile : NabProfile.values()) {
      NabScorer scorer = NabScorer.of(profile);
      NabScorer.Best best = scorer.oracle(files);
      double tried = 0;
      for (double threshold = 0; threshold <= 1.2; threshold += 0.0001) {
        tried = Math.max(tried, scorer.score(files, threshold).value());
      }
      assertThat(best.score()).isCloseTo(tried, within(1e-9)).isPositive();
      assertThat(scorer.score(files, best.threshold()).value())
          .isCloseTo(best.score(), within(1e-9));
    }
  }

  @Test
  void wantsOneScoreARow() {
    assertThatThrownBy(() -> new NabScorer.Scored(FILE, new double[3]))
        .hasMessage("one score a row, rows = 100, scores = 3");
  }
}
