package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.clean.CleanSpec.Snap;
import io.longcast.series.Frequency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The rule for times between two steps, and the warnings about the grid. */
class GridAdviceTest {
  private static final long SECOND = 1_000_000L;
  private static final long START = GridTime.micros(Instant.parse("2024-01-01T00:00:00Z"));

  @Test
  void clocksThatJitterAroundTheStepsGoToTheNearer() {
    for (int jitter : List.of(1, 30, 600)) {
      GridFit fit = fit("1h", jittered(3600, 0, jitter));
      assertThat(fit.better()).isEqualTo(Snap.NEAREST);
      assertThat(fit.shared(Snap.NEAREST)).isZero();
      assertThat(advice(fit, "1h", Map.of("1h", 1L)))
          .singleElement()
          .asString()
          .contains("of 200, ", " share a step", "0 under nearest; nearest is taken");
    }
  }

  @Test
  void otherTimesStayWithTheStepThatBeganLast() {
    for (int phase : List.of(0, 17, 1800, 3599)) {
      GridFit exact = fit("1h", jittered(3600, phase, 0));
      assertThat(exact.better()).isEqualTo(Snap.FLOOR);
      assertThat(advice(exact, "1h", Map.of("1h", 1L))).isEmpty();
    }
    assertThat(fit("1h", jittered(3600, 1800, 600)).better()).isEqualTo(Snap.FLOOR);
    assertThat(fit("1h", jittered(60, 0, 0)).better()).isEqualTo(Snap.FLOOR);
    assertThat(fit("1h", jittered(60, 0, 5)).better()).isEqualTo(Snap.FLOOR);
    assertThat(fit("1d", jittered(3600, 0, 5)).better()).isEqualTo(Snap.FLOOR);
  }

  @Test
  void aGridThatIsCoarserThanTheDataIsSaid() {
    long[] fiveAtASecond = LongStream.range(0, 2000).map(i -> START + i * 200_000).toArray();
    assertThat(advice(fit("1s", fiveAtASecond), "1s", Map.of("200ms", 1L)))
        .singleElement()
        .asString()
        .contains("coarser", "2,000 times fall into 400 steps", "clean.frequency");
    assertThat(advice(fit("200ms", fiveAtASecond), "200ms", Map.of("200ms", 1L))).isEmpty();
  }

  @Test
  void unlikeRatesAreSaidByGroup() {
    GridFit exact = fit("1h", jittered(3600, 0, 0));
    assertThat(advice(exact, "1h", Map.of("1h", 40L, "1d", 3L, "15m", 1L)))
        .singleElement()
        .asString()
        .contains("40 of 1h, 3 of 1d, 1 of 15m (of 44 series looked at)", "source.paths");
    assertThat(advice(exact, "1h", Map.of("1h", 40L, "61m", 3L))).isEmpty();
  }

  private static List<String> advice(GridFit fit, String frequency, Map<String, Long> votes) {
    CleanSpec spec = Cleaning.hourly().spec();
    return GridAdvice.of(fit, fit.better(), Frequency.parse(frequency), votes, spec);
  }

  private static GridFit fit(String frequency, long[] times) {
    return GridFit.of(times, Frequency.parse(frequency), Cleaning.hourly().spec());
  }

  private static long[] jittered(int step, int phase, int jitter) {
    Random random = new Random(jitter);
    return LongStream.range(0, 200)
        .map(
            i ->
                START
                    + (i * step + phase) * SECOND
                    + (jitter == 0 ? 0 : random.nextLong(2 * jitter * SECOND) - jitter * SECOND))
        .sorted()
        .distinct()
        .toArray();
  }
}
