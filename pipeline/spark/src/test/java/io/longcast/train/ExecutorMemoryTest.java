package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExecutorMemoryTest {

  @Test
  void growsWithTheVectorsUnderWay() {
    long heap = 1L << 30;
    // 70,000 parameters and two moments are 840,000 bytes, for each of 4 + 1: 4.2 MB.
    assertThat(ExecutorMemory.of(70_000, 140_000, 4, 1, heap).setting())
        .isEqualTo("spark.executor.memoryOverhead=261m");
    assertThat(ExecutorMemory.of(50_000_000, 100_000_000, 8, 4, 8 * heap).bytes())
        .isEqualTo((192L << 20) + heap / 2 + 600_000_000L * 12);
  }
}
