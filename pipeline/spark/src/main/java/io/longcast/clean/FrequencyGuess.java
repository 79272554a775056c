package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.Frequency.Unit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Infers the step of a series from its times: months, quarters and years by the range of their
 * lengths, then the most common difference if at least half of the differences agree, else the
 * nearest customary step to the median difference.
 */
final class FrequencyGuess {
  private static final long DAY = 86_400;
  private static final double CALENDAR_SHARE = 0.6;
  private static final double EXACT_SHARE = 0.5;
  private static final List<String> CUSTOMARY =
      List.of(
          "1s", "2s", "5s", "10s", "15s", "20s", "30s", "1m", "2m", "5m", "10m", "15m", "20m",
          "30m", "1h", "2h", "3h", "4h", "6h", "8h", "12h", "1d", "1w", "1M", "1q", "1y");

  private FrequencyGuess() {}

  /**
   * The step of ascending, distinct times in microseconds since 1970; empty for fewer than three.
   */
  static Optional<Frequency> of(long[] micros) {
    if (micros.length < 3) {
      return Optional.empty();
    }
    long[] seconds = new long[micros.length - 1];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = Math.max(1, Math.round((micros[i + 1] - micros[i]) / 1e6));
    }
    Arrays.sort(seconds);
    return Optional.of(calendar(seconds).or(() -> exact(seconds)).orElseGet(() -> near(seconds)));
  }

  private static Optional<Frequency> calendar(long[] seconds) {
    boolean oneLength = share(seconds, median(seconds), median(seconds)) > 0.9;
    if (oneLength && median(seconds) < 365 * DAY) {
      return Optional.empty();
    }
    if (share(seconds, 28 * DAY - 7200, 31 * DAY + 7200) >= CALENDAR_SHARE) {
      return Optional.of(new Frequency(1, Unit.MONTH));
    }
    if (share(seconds, 90 * DAY - 7200, 92 * DAY + 7200) >= CALENDAR_SHARE) {
      return Optional.of(new Frequency(1, Unit.QUARTER));
    }
    if (share(seconds, 365 * DAY - 7200, 366 * DAY + 7200) >= CALENDAR_SHARE) {
      return Optional.of(new Frequency(1, Unit.YEAR));
    }
    return Optional.empty();
  }

  private static Optional<Frequency> exact(long[] seconds) {
    Map<Long, Integer> counts = new HashMap<>();
    for (long length : seconds) {
      counts.merge(length, 1, Integer::sum);
    }
    Map.Entry<Long, Integer> best =
        counts.entrySet().stream()
            .max(
                Map.Entry.<Long, Integer>comparingByValue().thenComparing(entry -> -entry.getKey()))
            .orElseThrow();
    return best.getValue() >= EXACT_SHARE * seconds.length
        ? Optional.of(frequency(best.getKey()))
        : Optional.empty();
  }

  private static Frequency frequency(long seconds) {
    if (seconds == 7 * DAY) {
      return new Frequency(1, Unit.WEEK);
    }
    if (seconds % DAY == 0) {
      return new Frequency(Math.toIntExact(seconds / DAY), Unit.DAY);
    }
    if (seconds % 3600 == 0) {
      return new Frequency(Math.toIntExact(seconds / 3600), Unit.HOUR);
    }
    return seconds % 60 == 0
        ? new Frequency(Math.toIntExact(seconds / 60), Unit.MINUTE)
        : new Frequency(Math.toIntExact(seconds), Unit.SECOND);
  }

  private static Frequency near(long[] seconds) {
    double median = median(seconds);
    return CUSTOMARY.stream()
        .map(Frequency::parse)
        .min(
            (a, b) ->
                Double.compare(
                    Math.abs(Math.log(a.meanSeconds() / median)),
                    Math.abs(Math.log(b.meanSeconds() / median))))
        .orElseThrow();
  }

  private static double share(long[] sorted, long from, long to) {
    return (double) Arrays.stream(sorted).filter(s -> s >= from && s <= to).count() / sorted.length;
  }

  private static long median(long[] sorted) {
    return sorted[sorted.length / 2];
  }
}
