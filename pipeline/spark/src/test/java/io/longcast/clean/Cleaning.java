package io.longcast.clean;

import io.longcast.clean.CleanSpec.Aggregation;
import io.longcast.clean.CleanSpec.Anchor;
import io.longcast.clean.CleanSpec.Duplicates;
import io.longcast.clean.CleanSpec.Gaps;
import io.longcast.clean.CleanSpec.Grid;
import io.longcast.clean.CleanSpec.Policy;
import io.longcast.clean.CleanSpec.Snap;
import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** Settings of cleaning as tests want them, and a way to clean one series without Spark. */
public final class Cleaning {
  Grid grid = Grid.REGULAR;
  String frequency = "1h";
  String zone = "UTC";
  Anchor anchor = Anchor.AUTO;
  Snap snap = Snap.FLOOR;
  double timeOutlierFactor = 1;
  Map<String, String> counters = Map.of();
  Duplicates duplicates = Duplicates.LAST;
  Aggregation aggregation = Aggregation.MEAN;
  Gaps gaps = Gaps.HOLD;
  int gapLimit = 24;
  int seasonalPeriod = 24;
  int minLength = 1;
  int maxSteps = 1_000_000;
  Policy constant = Policy.KEEP;
  Policy shortSeries = Policy.DROP;
  ZoneId repeatedHour;

  /** Hourly, in UTC, last of duplicates, gaps hold. */
  public static Cleaning hourly() {
    return new Cleaning();
  }

  /** The settings. */
  public CleanSpec spec() {
    return new CleanSpec(
        grid,
        frequency,
        zone,
        anchor,
        snap,
        timeOutlierFactor,
        duplicates,
        counters,
        aggregation,
        gaps,
        gapLimit,
        seasonalPeriod,
        minLength,
        maxSteps,
        constant,
        shortSeries,
        0);
  }

  /** Cleans rows of one channel that are given in file order by time. */
  SeriesOutcome clean(SeriesBuffer rows) {
    return clean(rows, SeriesLayout.of("value"));
  }

  SeriesOutcome clean(SeriesBuffer rows, SeriesLayout layout) {
    Frequency step = grid == Grid.ROWS ? null : Frequency.parse(frequency);
    CleanPlan plan = new CleanPlan(layout, spec(), step, CategoryCodes.none(), repeatedHour);
    return SeriesCleaner.of(plan).clean(rows);
  }

  /** Rows of one channel: a time and a value in turn; null is an absent value. */
  static SeriesBuffer rows(Object... timesAndValues) {
    SeriesBuffer rows = new SeriesBuffer(java.util.List.of("value"), 0);
    rows.begin("a");
    for (int i = 0; i < timesAndValues.length; i += 2) {
      add(rows, (String) timesAndValues[i], timesAndValues[i + 1]);
    }
    return rows;
  }

  static void add(SeriesBuffer rows, String time, Object... values) {
    long micros = time == null ? SeriesBuffer.NO_TIME : GridTime.micros(Instant.parse(time));
    int row = rows.add(micros, true, null);
    for (int column = 0; column < values.length; column++) {
      if (values[column] != null) {
        rows.set(column, row, ((Number) values[column]).doubleValue());
      }
    }
  }
}
