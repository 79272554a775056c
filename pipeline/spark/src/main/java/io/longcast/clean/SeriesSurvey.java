package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.FrequencyInference;
import io.longcast.series.SeriesLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.unsafe.types.UTF8String;

/** Walks the series of one partition; see {@link SurveyStage}. */
final class SeriesSurvey {
  /** Times of one series that are enough for a guess. */
  private static final int MAX_TIMES = 1 << 16;

  private final CleanSpec spec;
  private final List<Guess> guesses = new ArrayList<>();
  private final List<Set<UTF8String>> categories = new ArrayList<>();
  private final Map<String, Long> rejected = new HashMap<>();
  private long[] times = new long[1024];
  private int count;

  SeriesSurvey(SeriesLayout layout, CleanSpec spec, boolean learn) {
    this.spec = spec;
    if (learn) {
      layout.staticCovariates().forEach(name -> categories.add(new TreeSet<>()));
    }
  }

  /**
   * The guess of one series.
   *
   * @param key hash of the series id
   * @param frequency as text, as its times have it
   * @param fit of its times on the grid that is declared, else on that of its own frequency
   */
  record Guess(long key, String seriesId, String frequency, GridFit fit) implements Serializable {}

  /**
   * What a partition holds.
   *
   * @param guesses those of the series with the smallest keys, ascending
   * @param categories for each static column
   * @param rejected rows by reason, of the series that were looked at
   */
  record Found(List<Guess> guesses, List<List<String>> categories, Map<String, Long> rejected)
      implements Serializable {}

  Iterator<Found> over(SeriesWalk series) {
    while (series.hasNext() && (wantsGuesses() || !categories.isEmpty())) {
      SeriesRows rows = series.next();
      if (rows.seriesId() != null) {
        look(rows);
      }
    }
    return List.of(
            new Found(
                List.copyOf(guesses),
                categories.stream().map(SeriesSurvey::strings).toList(),
                Map.copyOf(rejected)))
        .iterator();
  }

  private static List<String> strings(Set<UTF8String> texts) {
    return texts.stream().map(UTF8String::toString).toList();
  }

  private boolean wantsGuesses() {
    return spec.grid() == CleanSpec.Grid.REGULAR && guesses.size() < SurveyStage.SAMPLED_SERIES;
  }

  private void look(SeriesRows rows) {
    while ((count < MAX_TIMES || !categories.isEmpty()) && rows.advance()) {
      if (rows.isRejected()) {
        rejected.merge(rows.reason(), 1L, Long::sum);
      } else {
        take(rows);
      }
    }
    guess(rows);
  }

  private void take(SeriesRows row) {
    if (wantsGuesses()) {
      addTime(row.micros());
    }
    for (int column = 0; column < categories.size(); column++) {
      UTF8String category = row.category(column);
      if (category != null) {
        categories.get(column).add(category);
      }
    }
  }

  private void addTime(long micros) {
    boolean isNew = count == 0 || times[count - 1] != micros;
    if (micros == SeriesBuffer.NO_TIME || !isNew || count == MAX_TIMES) {
      return;
    }
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
    }
    times[count++] = micros;
  }

  private void guess(SeriesRows rows) {
    TimeOutliers good = TimeOutliers.of(at -> times[at], count, spec.timeOutlierFactor());
    long[] ascending = Arrays.copyOfRange(times, good.from(), good.to());
    Optional<Frequency> own = FrequencyInference.infer(ascending, spec.zoneId());
    if (wantsGuesses() && own.isPresent()) {
      GridFit fit = GridFit.of(ascending, spec.declaredFrequency().orElse(own.get()), spec);
      guesses.add(new Guess(rows.key(), rows.seriesId().toString(), own.get().toString(), fit));
    }
    count = 0;
  }
}
