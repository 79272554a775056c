package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks that were not set. */
class TimeOutliersTest {
  private static final long HOUR = 3_600_000_000L;
  private static final long START = GridTime.micros(Instant.parse("2024-01-01T00:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 1, 201",
    "2000-01-01T00:00:03Z, 1, 201",
    "0024-01-01T00:00:00Z, 1, 201",
    "2099-01-01T00:00:00Z, 0, 200",
    "2042-05-05T00:00:00Z, 0, 200",
    "2023-12-01T00:00:00Z, 0, 201",
    "2024-09-01T00:00:00Z, 0, 201"
  })
  void aSingleTimeYearsFromTheOthersIsAnOutlier(Instant odd, int from, int to) {
    long[] times = hours(200);
    times = Arrays.copyOf(times, 201);
    times[200] = GridTime.micros(odd);
    Arrays.sort(times);
    assertThat(of(times, 1)).isEqualTo(new TimeOutliers(from, to));
    assertThat(of(times, 0)).isEqualTo(new TimeOutliers(0, 201));
  }

  @Test
  void bothEndsAreFreedAtOnce() {
    long[] odd = {
      GridTime.micros(Instant.EPOCH),
      GridTime.micros(Instant.EPOCH) + 5,
      GridTime.micros(Instant.parse("2000-01-01T00:00:00Z")),
      GridTime.micros(Instant.parse("2099-01-01T00:00:00Z"))
    };
    long[] times =
        LongStream.concat(Arrays.stream(odd), Arrays.stream(hours(200))).sorted().toArray();
    assertThat(of(times, 1)).isEqualTo(new TimeOutliers(3, 203));
  }

  @Test
  void aSecondLifeOfASeriesIsNone() {
    long[] early = Arrays.stream(hours(190)).map(time -> time - 3 * 8760 * HOUR).toArray();
    long[] times = LongStream.concat(Arrays.stream(early), Arrays.stream(hours(10))).toArray();
    assertThat(of(times, 1)).isEqualTo(new TimeOutliers(0, 200));
    assertThat(of(Arrays.copyOf(times, 9), 1)).isEqualTo(new TimeOutliers(0, 9));
  }

  @Test
  void twentyYearsOfDaysStayButFor1970() {
    long[] days = LongStream.range(0, 7300).map(day -> START + (day - 7300) * 24 * HOUR).toArray();
    long[] times = LongStream.concat(LongStream.of(0), Arrays.stream(days)).toArray();
    assertThat(of(times, 1)).isEqualTo(new TimeOutliers(1, 7301));
  }

  /** Whatever gaps a series has below a year, it keeps all of its rows. */
  @Test
  void gapsBelowAYearAreNeverOutliers() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      long[] times = new long[10 + random.nextInt(300)];
      long time = START;
      for (int i = 0; i < times.length; i++) {
        time += 1 + (random.nextInt(10) == 0 ? random.nextLong(8760 * HOUR) : HOUR);
        times[i] = time;
      }
      assertThat(of(times, 1)).isEqualTo(new TimeOutliers(0, times.length));
    }
  }

  private static TimeOutliers of(long[] times, double factor) {
    return TimeOutliers.of(at -> times[at], times.length, factor);
  }

  private static long[] hours(int count) {
    return LongStream.range(0, count).map(hour -> START + hour * HOUR).toArray();
  }
}
