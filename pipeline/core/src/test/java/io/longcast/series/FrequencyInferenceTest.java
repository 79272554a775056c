package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyInferenceTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static long[] grid(String frequency, String start, int steps, ZoneId zone, double keep) {
    GridAxis axis = Frequency.parse(frequency).axis(LocalDateTime.parse(start).atZone(zone));
    Random random = new Random(5);
    return LongStream.range(0, steps)
        .filter(i -> random.nextDouble() < keep)
        .map(i -> axis.at(i).toEpochSecond() * 1_000_000)
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1s", "10s", "1m", "5m", "15m", "1h", "6h", "1d", "2d", "1w", "1M", "2M", "1q", "1y"
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
  void takesMonthEndsAsMonths() {
    long[] times = grid("1M", "2021-01-31T00:00", 40, BERLIN, 1);
    assertThat(FrequencyInference.infer(times, BERLIN)).contains(Frequency.parse("1M"));
  }

  @Test
  void takesBusinessDaysAsDays() {
    long[] times =
        LongStream.range(0, 200)
            .filter(day -> day % 7 < 5)
            .map(day -> day * 86_400_000_000L)
            .toArray();
    assertThat(FrequencyInference.infer(times, ZoneOffset.UTC)).contains(Frequency.parse("1d"));
  }

  @Test
  void roundsJitterToAUsualStep() {
    Random random = new Random(9);
    long[] times =
        LongStream.range(0, 300).map(i -> (i * 60 + random.nextInt(9)) * 1_000_000).toArray();
    assertThat(FrequencyInference.infer(times, ZoneOffset.UTC)).contains(Frequency.parse("1m"));
  }

  @Test
  void saysNothingOfASingleTime() {
    assertThat(FrequencyInference.infer(new long[] {7, 7}, ZoneOffset.UTC)).isEmpty();
  }

  @Test
  void refusesTimesThatStepBack() {
    assertThatThrownBy(
            () -> FrequencyInference.infer(new long[] {9_000_000, 1_000_000}, ZoneOffset.UTC))
        .hasMessageContaining("must ascend");
  }
}
