package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.unsafe.types.UTF8String;

/** Walks the series of one partition; see {@link SurveyStage}. */
final class SeriesSurvey {
  /** Times of one series that are enough for a guess. */
  private static final int MOST_TIMES = 1 << 20;

  private final boolean infer;
  private final List<Guess> guesses = new ArrayList<>();
  private final List<Set<UTF8String>> categories = new ArrayList<>();
  private long[] times = new long[1024];
  private int count;

  SeriesSurvey(SeriesLayout layout, boolean infer) {
    this.infer = infer;
    layout.staticCovariates().forEach(name -> categories.add(new TreeSet<>()));
  }

  /**
   * The guess of one series.
   *
   * @param key hash of the series id
   * @param frequency as text
   */
  record Guess(long key, String seriesId, String frequency) implements Serializable {}

  /**
   * What a partition holds.
   *
   * @param guesses those of the series with the smallest keys, ascending
   * @param categories for each static column
   */
  record Found(List<Guess> guesses, List<List<String>> categories) implements Serializable {}

  Iterator<Found> over(SeriesWalk series) {
    while (series.hasNext() && (wantsGuesses() || !categories.isEmpty())) {
      SeriesRows rows = series.next();
      if (rows.seriesId() != null) {
        look(rows);
      }
    }
    return List.of(
            new Found(
                List.copyOf(guesses), categories.stream().map(SeriesSurvey::strings).toList()))
        .iterator();
  }

  private static List<String> strings(Set<UTF8String> texts) {
    return texts.stream().map(UTF8String::toString).toList();
  }

  private boolean wantsGuesses() {
    return infer && guesses.size() < SurveyStage.SAMPLED_SERIES;
  }

  private void look(SeriesRows rows) {
    while (rows.advance()) {
      if (!rows.isRejected()) {
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
    if (micros == SeriesBuffer.NO_TIME || !isNew || count == MOST_TIMES) {
      return;
    }
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
    }
    times[count++] = micros;
  }

  private void guess(SeriesRows rows) {
    if (wantsGuesses() && count > 0) {
      FrequencyGuess.of(Arrays.copyOf(times, count))
          .map(Frequency::toString)
          .ifPresent(
              guess -> guesses.add(new Guess(rows.key(), rows.seriesId().toString(), guess)));
    }
    count = 0;
  }
}
