package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.testing.SharedSession;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class RateSpecTest {
  private static final RateSpec COSINE = new RateSpec(0.01, RateSpec.Curve.COSINE, 0.1, 0.02, 4);

  @Test
  void risesThenFallsToTheFloor() {
    // A tenth of 100 steps rise by elevenths of the peak; two shards double it.
    assertThat(COSINE.at(0, 100, 2)).isCloseTo(0.02 / 11, within(1e-15));
    assertThat(COSINE.at(9, 100, 2)).isCloseTo(0.02 * 10 / 11, within(1e-15));
    assertThat(COSINE.at(10, 100, 2)).isEqualTo(0.02);
    assertThat(COSINE.at(55, 100, 2)).isCloseTo(0.02 * 0.51, within(1e-15));
    assertThat(COSINE.at(100, 100, 2)).isCloseTo(0.02 * 0.02, within(1e-15));
    assertThat(COSINE.at(10, 100, 64)).isEqualTo(0.04);
  }

  @Test
  void theStepIsGlobalWhateverTheRoundsAre() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    for (int frequency : new int[] {1, 5}) {
      TrainingSpec spec = SegmentShards.spec(2, frequency, 20);
      TrainingResult result =
          new Trainer(spark, SegmentShards.factory(), spec, TrainingProgress.silent())
              .fit(SegmentShards.data(spark, SegmentShards.segments(4, 1), 2));

      assertThat(result.history()).hasSize(20 / frequency);
      assertThat(result.history())
          .allMatch(round -> round.rate() == spec.rate().at(round.step() - 1, 20, 2));
    }
  }
}
