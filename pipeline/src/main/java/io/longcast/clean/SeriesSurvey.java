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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Walks the sorted rows of one partition; see {@link SurveyStage}. */
final class SeriesSurvey {
  /** Times of one series that are enough for a guess. */
  private static final int MOST_TIMES = 1 << 20;

  private final GroupedColumns columns;
  private final boolean infer;
  private final List<Guess> guesses = new ArrayList<>();
  private final List<Set<String>> categories = new ArrayList<>();
  private UTF8String series;
  private long key;
  private long[] times = new long[1024];
  private int count;

  SeriesSurvey(SeriesLayout layout, boolean infer) {
    this.columns = new GroupedColumns(layout);
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

  Iterator<Found> over(Iterator<InternalRow> rows) {
    while (rows.hasNext() && wantsMore()) {
      InternalRow row = rows.next();
      if (columns.isGood(row)) {
        take(row);
      }
    }
    finishSeries();
    return List.of(
            new Found(
                List.copyOf(guesses),
                categories.stream().map(names -> List.copyOf(names)).toList()))
        .iterator();
  }

  private boolean wantsMore() {
    return wantsGuesses() || !categories.isEmpty();
  }

  private boolean wantsGuesses() {
    return infer && guesses.size() < SurveyStage.SAMPLED_SERIES;
  }

  private void take(InternalRow row) {
    UTF8String id = columns.seriesId(row);
    if (!id.equals(series)) {
      finishSeries();
      series = id.clone();
      key = columns.key(row);
    }
    if (wantsGuesses()) {
      addTime(columns.micros(row));
    }
    for (int column = 0; column < categories.size(); column++) {
      String category = columns.category(row, column);
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

  private void finishSeries() {
    if (wantsGuesses() && count > 0) {
      FrequencyGuess.of(Arrays.copyOf(times, count))
          .map(Frequency::toString)
          .ifPresent(guess -> guesses.add(new Guess(key, series.toString(), guess)));
    }
    count = 0;
  }
}
