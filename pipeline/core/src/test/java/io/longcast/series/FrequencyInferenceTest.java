package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class FrequencyInferenceTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static long[] grid(String frequency, String start, int steps, ZoneId zone, double keep) {
    GridAxis axis = grid(frequency, LocalDateTime.parse(start).atZone(zone));
    Random random = new Random(5);
    return LongStream.range(0, steps)
        .filter(i -> random.nextDouble() < keep)
        .map(i -> ChronoUnit.MICROS.between(Instant.EPOCH, axis.at(i)))
        .toArray();
  }

  private static GridAxis grid(String frequency, ZonedDateTime start) {
    return Frequency.parse(frequency).axis(Frequency.parse(frequency).align(start));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "250us", "10ms", "200ms", "16667us", "1500ms", "1s", "7s", "10s", "1m", "5m", "15m", "1h",
        "6h", "1d", "2d", "1b", "1w", "1M", "2M", "1ME", "1q", "1QE", "1y"
      })
  void findsTheFrequencyOfAGridInAnyZoneWithAndWithoutGaps(String frequency) {
    for (ZoneId zone : new ZoneId[] {ZoneOffset.UTC, BERLIN, ZoneId.of("Asia/Kathmandu")}) {
      for (double keep : new double[] {1, .85}) {
        long[] times = grid(frequency, "2020-01-01T06:00", 150, zone, keep);
        assertThat(FrequencyInference.infer(times, zone)).contains(Frequency.parse(frequency));
      }
    }
  }

  @Test
  void findsMonthsOfAnotherZoneByTheirLength() {
    for (String frequency : List.of("1M", "1q", "1y")) {
      long[] times = grid(frequency, "2010-01-01T00:00", 40, BERLIN, 1);
      assertThat(FrequencyInference.infer(times, ZoneOffset.UTC))
          .contains(Frequency.parse(frequency));
    }
  }

  @Test
  void tellsBusinessDaysFromDays() {
    long[] daily = grid("1d", "2024-01-01T00:00", 60, ZoneOffset.UTC, 1);
    assertThat(FrequencyInference.infer(daily, ZoneOffset.UTC)).contains(Frequency.parse("1d"));
    long[] oneWeek = grid("1b", "2024-01-01T00:00", 5, ZoneOffset.UTC, 1);
    assertThat(FrequencyInference.infer(oneWeek, ZoneOffset.UTC)).contains(Frequency.parse("1d"));
  }

  @Test
  void aMeasureRoundedToMillisecondsDoesNotDrift() {
    long[] times = LongStream.range(0, 600).map(i -> (i * 50 / 3) * 1000).toArray();
    assertThat(FrequencyInference.infer(times, ZoneOffset.UTC).orElseThrow().exactMicros())
        .isBetween(16_660L, 16_673L);
  }

  @Test
  void roundsJitterToAUsualStep() {
    Random random = new Random(9);
    long[] times =
        LongStream.range(0, 300).map(i -> (i * 60 + random.nextInt(9)) * 1_000_000).toArray();
    assertThat(FrequencyInference.infer(times, ZoneOffset.UTC)).contains(Frequency.parse("1m"));
  }

  @Test
  void saysNothingOfTwoTimes() {
    assertThat(FrequencyInference.infer(new long[] {7, 7, 9}, ZoneOffset.UTC)).isEmpty();
  }

  @Test
  void refusesTimesThatStepBack() {
    assertThatThrownBy(
            () -> FrequencyInference.infer(new long[] {0, 9_000_000, 1_000_000}, ZoneOffset.UTC))
        .hasMessageContaining("must ascend");
  }
}
