package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExecutorMemoryTest {

  @Test
  void growsWithTheVectorsUnderWay() {
    // 70,000 parameters and two moments are 840,000 bytes; three copies for each of 4 + 1: 12.6 MB.
    assertThat(ExecutorMemory.of(70_000, 140_000, 4, 1).setting())
        .isEqualTo("spark.executor.memoryOverhead=397m");
    assertThat(ExecutorMemory.of(50_000_000, 100_000_000, 8, 4).bytes())
        .isEqualTo((384L << 20) + 3 * 600_000_000L * 12);
  }
}
