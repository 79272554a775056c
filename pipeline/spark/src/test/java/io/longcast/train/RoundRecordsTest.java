package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.train.round.RoundInput;
import io.longcast.train.round.RoundStats;
import io.longcast.train.round.ShardResult;
import io.longcast.train.round.Sums;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundRecordsTest {
  private static final RoundInput INPUT =
      new RoundInput(
          new float[] {3, 4},
          List.of(),
          10,
          10,
          new double[] {0.2, 0.1},
          1,
          8,
          1,
          1e9,
          1e9,
          1e9,
          false,
          Set.of());

  private static ShardResult shard(int number, long windows, String slot, long computeNanos) {
    RoundStats stats =
        new RoundStats(
            windows,
            2,
            2.0 * windows,
            3,
            2,
            1,
            computeNanos,
            0,
            slot,
            "n",
            List.of(),
            List.of(),
            true);
    return new ShardResult(number, stats, new float[0], new float[0], Optional.empty());
  }

  @Test
  void theBusiestSlotAndTheStragglerShow() {
    List<ShardResult> results =
        List.of(shard(0, 16, "0/0", 100), shard(1, 16, "0/0", 100), shard(2, 8, "1/0", 400));
    Sums sums = new Sums(results, new float[] {3, 8}, new float[0], 50, 70);

    RoundRecord record =
        RoundRecords.of(TrainingPosition.start(), INPUT, sums, sums.parameters(), 1_000);

    // 400 of the one slot beside 100 + 100 of the other; the mean shard took 200.
    assertThat(record.computeSeconds()).isEqualTo(400e-9);
    assertThat(record.stragglerShare()).isEqualTo(1);
    assertThat(record.waitSeconds()).isCloseTo(480e-9, within(1e-15));
    assertThat(record.windows()).isEqualTo(40);
    assertThat(record.windowsPerSecond()).isCloseTo(40e6, within(1.0));
    assertThat(record.trainLoss()).isEqualTo(2);
    assertThat(record.rate()).isEqualTo(0.1);
    assertThat(record.updateNorm()).isEqualTo(4);
    assertThat(record.line())
        .startsWith("loss 2.000, rate 0.10, norm 1.5, ")
        .endsWith("40 % compute");
    assertThat(record.withValidation(0.5, 3).line()).endsWith("validation 0.5000");
  }
}
