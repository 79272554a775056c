package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.clean.CleanSpec.Gaps;
import io.longcast.clean.CleanSpec.Grid;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
  private static final float NONE = Float.NaN;

  @Test
  void fillsGapsByEachPolicyAndNothingElse() {
    assertThat(filled(Gaps.LEAVE, 1, NONE, NONE, 4)).containsExactly(1, 1, 1, 4);
    assertThat(filled(Gaps.HOLD, NONE, 2, NONE, NONE)).containsExactly(2, 2, 2, 2);
    assertThat(filled(Gaps.LINEAR, 1, NONE, NONE, 4, NONE)).containsExactly(1, 2, 3, 4, 4);
    assertThat(filled(Gaps.SEASONAL, 1, 2, 3, NONE, NONE, NONE, NONE))
        .containsExactly(1, 2, 3, 2, 3, 2, 3);
    assertThat(filled(Gaps.SEASONAL, 1, NONE, 5)).containsExactly(1, 1, 5);
    assertThat(filled(Gaps.LINEAR, NONE, NONE)).containsExactly(0, 0);
  }

  @Test
  void fillingNeverLooksPastTheOriginButForLinear() {
    for (Gaps policy : List.of(Gaps.LEAVE, Gaps.HOLD, Gaps.SEASONAL)) {
      float[] poisoned = filled(policy, 1, 2, NONE, NONE, 1e30f);
      assertThat(Arrays.copyOf(poisoned, 4))
          .as(policy.name())
          .isEqualTo(Arrays.copyOf(filled(policy, 1, 2, NONE, NONE, 3), 4));
    }
    assertThat(filled(Gaps.LINEAR, 1, NONE, 1e30f)[1]).isNotEqualTo(1);
  }

  private static float[] filled(Gaps policy, float... values) {
    new GapFiller(policy, 10, 2).fill(values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1s", "7s", "1m", "7m", "15m", "1h", "6h", "1d", "2d", "1w", "1M", "1q", "1y"})
  void guessesEveryFrequencyOverAChangeOfClocks(String text) {
    Frequency frequency = Frequency.parse(text);
    ZonedDateTime start = ZonedDateTime.of(2023, 3, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    long[] micros =
        IntStream.range(0, 60)
            .mapToLong(i -> GridTime.micros(frequency.plus(start, i).toInstant()))
            .toArray();
    assertThat(FrequencyGuess.of(micros)).contains(frequency);
    long[] withGaps =
        IntStream.range(0, 60).filter(i -> i % 7 != 3).mapToLong(i -> micros[i]).toArray();
    assertThat(FrequencyGuess.of(withGaps)).contains(frequency);
  }

  @Test
  void guessesACustomaryFrequencyForJitteredTimesAndNoneForTwoRows() {
    Random random = new Random(3);
    long[] jittered =
        IntStream.range(0, 50)
            .mapToLong(i -> (i * 300L + random.nextInt(40)) * 1_000_000L)
            .toArray();
    assertThat(FrequencyGuess.of(jittered)).contains(Frequency.parse("5m"));
    assertThat(FrequencyGuess.of(new long[] {0, 1_000_000})).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "15m,2024-05-08T10:45:00Z",
    "1h,2024-05-08T10:00:00Z",
    "6h,2024-05-08T10:00:00Z",
    "1d,2024-05-07T22:00:00Z",
    "1w,2024-05-05T22:00:00Z",
    "1M,2024-04-30T22:00:00Z",
    "1q,2024-03-31T22:00:00Z",
    "1y,2023-12-31T23:00:00Z"
  })
  void floorsByTheCalendarOfTheZone(String frequency, String expected) {
    Instant at = Instant.parse("2024-05-08T10:49:31.5Z");
    Instant floor = GridTime.floor(at, Frequency.parse(frequency), ZoneId.of("Europe/Berlin"));
    assertThat(floor).isEqualTo(Instant.parse(expected));
  }

  @Test
  void keepsRowsAsTheyAreWithTheirNumbersEvenWhereOneWasRejected() {
    Cleaning cleaning = Cleaning.hourly();
    cleaning.grid = Grid.ROWS;
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-01T05:00:00Z", 1, "2024-01-01T05:00:00Z", 2, "2024-01-01T03:00:00Z", null);
    rows.addRejected(new RejectedRow("read", null, "a", SeriesBuffer.NO_TIME, "bad", "{}"), true);
    Cleaning.add(rows, null, 7);
    SeriesOutcome series = cleaning.clean(rows);
    Segment segment = series.segment();
    assertThat(segment.row(0)).containsExactly(1, 2, 2, 2, 7);
    assertThat(segment.isObserved(0, 2)).isFalse();
    assertThat(segment.isObserved(0, 3)).isFalse();
    assertThat(segment.axis().row(4)).contains(4L);
    assertThat(segment.axis().instant(2)).contains(Instant.parse("2024-01-01T03:00:00Z"));
    assertThat(segment.axis().instant(4)).isEmpty();
    assertThat(series.account()).isEqualTo(new RowCounts(5, 4, 1, 1, 1));
  }

  @Test
  void codesCategoriesInTheirOrderAndTheUnseenAsZero() {
    CategoryCodes codes = new CategoryCodes(List.of(List.of("b", "a", "b")));
    assertThat(codes.code(0, "a")).isEqualTo(1);
    assertThat(codes.code(0, "b")).isEqualTo(2);
    assertThat(codes.code(0, "c")).isZero();
    assertThat(codes.code(0, null)).isZero();
    assertThat(codes.codes(0)).isEqualTo(3);
  }
}
