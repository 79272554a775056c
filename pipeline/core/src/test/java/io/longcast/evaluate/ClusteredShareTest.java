package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusteredShareTest {
  private static final double CONFIDENCE = .95;

  /** Days of equally many trials: the mean of their shares, with its usual error. */
  @Test
  void isTheRatioOfClusterTotalsWithTheirSpread() {
    ClusteredShare.Counts counts = new ClusteredShare.Counts();
    int[] hits = {3, 1, 4, 2, 2, 3, 1, 2, 3, 2, 4};
    for (int day = 0; day < hits.length; day++) {
      for (int i = 0; i < 4; i++) {
        counts.add("day " + day, i < hits[day]);
      }
    }
    ClusteredShare share = counts.share(CONFIDENCE);
    double mean = 27.0 / 44;
    double squares = 0;
    for (int own : hits) {
      squares += (own / 4.0 - mean) * (own / 4.0 - mean);
    }
    double half = 2.22814 * Math.sqrt(squares / (10 * 11));
    assertThat(share.share()).isCloseTo(mean, within(1e-12));
    assertThat(share.lower()).isCloseTo(mean - half, within(1e-5));
    assertThat(share.upper()).isCloseTo(mean + half, within(1e-5));
    assertThat(share.trials()).isEqualTo(44);
    assertThat(share.clusters()).isEqualTo(11);
  }

  /**
   * Sixty stocks that mostly move as one, on forty days: of 400 intervals about 95 in a hundred
   * hold the truth, while those of independent trials miss it more often than not.
   */
  @Test
  void coversWhatItPromisesWhereTrialsMoveTogether() {
    int covered = 0;
    int coveredAsIfIndependent = 0;
    for (int turn = 0; turn < 400; turn++) {
      SplittableRandom random = new SplittableRandom(turn);
      ClusteredShare.Counts counts = new ClusteredShare.Counts();
      long hits = 0;
      for (int day = 0; day < 40; day++) {
        double goodDay = random.nextDouble() < .5 ? .8 : .2;
        for (int stock = 0; stock < 60; stock++) {
          boolean hit = random.nextDouble() < goodDay;
          hits += hit ? 1 : 0;
          counts.add("day " + day, hit);
        }
      }
      ClusteredShare share = counts.share(CONFIDENCE);
      covered += share.lower() <= .5 && .5 <= share.upper() ? 1 : 0;
      BinomialInterval naive = BinomialInterval.wilson(hits, 40 * 60, CONFIDENCE);
      coveredAsIfIndependent += naive.lower() <= .5 && .5 <= naive.upper() ? 1 : 0;
    }
    assertThat(covered / 400.0).isBetween(.92, .98);
    assertThat(coveredAsIfIndependent / 400.0).isLessThan(.5);
  }

  @Test
  void isAsTheIntervalOfIndependentTrialsWhereEachIsItsOwnCluster() {
    ClusteredShare.Counts counts = new ClusteredShare.Counts();
    for (int i = 0; i < 1000; i++) {
      counts.add("trial " + i, i % 5 < 2);
    }
    BinomialInterval independent = BinomialInterval.wilson(400, 1000, CONFIDENCE);
    assertThat(counts.share(CONFIDENCE).lower()).isCloseTo(independent.lower(), within(1e-3));
    assertThat(counts.share(CONFIDENCE).upper()).isCloseTo(independent.upper(), within(1e-3));
  }

  @Test
  void saysNothingFromOneCluster() {
    ClusteredShare.Counts counts = new ClusteredShare.Counts();
    counts.add("a day", true);
    counts.add("a day", false);
    assertThat(counts.share(CONFIDENCE)).isEqualTo(new ClusteredShare(.5, 0, 1, 2, 1));
    assertThat(ClusteredShare.studentQuantile(.975, 4)).isCloseTo(2.77645, within(3e-3));
  }
}
