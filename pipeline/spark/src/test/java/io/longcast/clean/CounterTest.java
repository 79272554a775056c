package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.clean.CleanSpec.Aggregation;
import io.longcast.series.Segment;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Readings that only rise and start again at zero. */
class CounterTest {
  private final Cleaning cleaning = Cleaning.hourly();

  @Test
  void readsIncreasesOverAResetAndLeavesTheFirstUnobserved() {
    cleaning.counters = Map.of("value", "difference");
    Segment segment = cleaning.clean(readings()).segment();
    assertThat(segment.row(0).toFloats()).containsExactly(5, 5, 7, 30, 30, 12);
    assertThat(segment.isObserved(0, 0)).isFalse();
    assertThat(segment.isObserved(0, 4)).isFalse();
  }

  @Test
  void readsRatesPerSecondOverGaps() {
    cleaning.counters = Map.of("value", "rate");
    Segment segment = cleaning.clean(readings()).segment();
    assertThat(segment.row(0).toFloats()[1]).isEqualTo((float) (5 / 3600.0));
    assertThat(segment.row(0).toFloats()[5]).isEqualTo((float) (12 / 7200.0));
  }

  @Test
  void increasesOfOneStepAddUpWhateverTheAggregation() {
    cleaning.counters = Map.of("value", "difference");
    cleaning.aggregation = Aggregation.MAX;
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-01T00:00:00Z",
            1,
            "2024-01-01T00:20:00Z",
            4,
            "2024-01-01T00:40:00Z",
            9,
            "2024-01-01T01:00:00Z",
            10);
    assertThat(cleaning.clean(rows).segment().row(0).toFloats()).containsExactly(8, 1);
  }

  @Test
  void keepsSmallIncreasesOfLargeReadings() {
    cleaning.counters = Map.of("value", "difference");
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-01T00:00:00Z",
            1.2e12,
            "2024-01-01T01:00:00Z",
            1.2e12 + 0.25,
            "2024-01-01T02:00:00Z",
            1.2e12 + 1);
    assertThat(cleaning.clean(rows).segment().row(0).toFloats())
        .containsExactly(0.25f, 0.25f, 0.75f);
  }

  /** The increases of any readings add up to what was counted, however often the counter resets. */
  @Test
  void increasesAddUpToWhatWasCounted() {
    Random random = new Random(2);
    for (int round = 0; round < 100; round++) {
      Counter counter = new Counter(Counter.Kind.DIFFERENCE);
      double reading = 1000 + random.nextInt(1000);
      counter.next(reading, 0);
      double counted = 0;
      double read = 0;
      for (int i = 1; i < 200; i++) {
        boolean reset = reading > 50 && random.nextInt(20) == 0;
        double increase = random.nextInt(50);
        reading = reset ? increase : reading + increase;
        counted += increase;
        read += counter.next(reading, i * 1_000_000L);
      }
      assertThat(read).isEqualTo(counted);
    }
  }

  @Test
  void refusesAnotherWordNamingTheKey() {
    cleaning.counters = Map.of("value", "delta");
    assertThatThrownBy(cleaning::spec)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found \"delta\" (key clean.counters.value)");
  }

  /** 100, 105, 112, 30 after a reset, none, 42. */
  private static SeriesBuffer readings() {
    return Cleaning.rows(
        "2024-01-01T00:00:00Z",
        100,
        "2024-01-01T01:00:00Z",
        105,
        "2024-01-01T02:00:00Z",
        112,
        "2024-01-01T03:00:00Z",
        30,
        "2024-01-01T05:00:00Z",
        42);
  }
}
