package io.longcast.flow.draft;

import static org.apache.spark.sql.functions.sum;

import io.longcast.clean.RejectReasons;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.draft.ColumnRoles.Found;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.read.SourceSample;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.table.SeriesStatusTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at data and drafts a run file that trains on them. */
public final class DraftFlow {
  private static final int FIRST = 2000;
  private static final int SHOWN = 5;
  private static final double LEAST_OBSERVED = 0.2;

  private DraftFlow() {}

  /**
   * What came of it.
   *
   * @param text of the run file
   * @param rows the first rows as they are read, as lines
   * @param counts of the rows
   * @param rejects the commonest reasons, empty if no row is rejected
   * @param frequency of the grid, or why there is none
   */
  public record Result(
      String text, List<String> rows, RowCounts counts, String rejects, String frequency) {}

  /**
   * Drafts a run file. Reads the source for its columns, and once as the draft reads it; again
   * where its times are not on a grid.
   *
   * @param data a file or a folder
   * @param output folder for the tables of the run
   * @throws IllegalArgumentException if nothing can be read, or no column of numbers is found
   */
  public static Result run(SparkSession spark, Path data, String output) {
    RunDraft draft = RunDraft.empty(RunName.of(data));
    SourceFormat format = SourceFormat.of(data);
    draft.source(format);
    try (SourceSample sample = SourceSample.of(spark, spec(draft).source(), FIRST)) {
      describe(draft, sample, format.isCommaSeparated(), data);
    }
    draft.set("output.path", RunDraft.quoted(output));
    return finished(spark, draft);
  }

  private static void describe(RunDraft draft, SourceSample sample, boolean quoted, Path data) {
    Optional<WideTable> wide = WideTable.find(sample);
    if (wide.isPresent()) {
      draft.wide(wide.get());
      return;
    }
    Found found = new ColumnRoles(sample, quoted).find();
    if (found.values().isEmpty()) {
      throw new IllegalArgumentException(
          "found no column of numbers in "
              + data
              + "; columns are "
              + String.join(", ", sample.names()));
    }
    // Each file's header is found by its columns.
    draft.settings().remove("source.csv.headerLine");
    draft.columns(found);
  }

  private static Result finished(SparkSession spark, RunDraft draft) {
    try (SeriesDataset series = dataset(spark, draft)) {
      requireDense(series);
      return described(draft, series);
    } catch (IllegalArgumentException irregular) {
      if (draft.settings().containsKey("clean.grid")) {
        throw irregular;
      }
      draft.notes().add("not on a regular grid: " + irregular.getMessage().split("\n")[0]);
      draft.set("clean.grid", "rows", "times are irregular: rows are taken in their order");
    }
    try (SeriesDataset series = dataset(spark, draft)) {
      return described(draft, series);
    }
  }

  /**
   * Checks that a grid has values on it: events at any time of the day have a grid of seconds that
   * is nearly empty.
   */
  private static void requireDense(SeriesDataset series) {
    Row sums =
        series.statuses().agg(sum(SeriesStatusTable.OBSERVED), sum(SeriesStatusTable.STEPS)).head();
    int channels = series.layout().channels().size();
    double share = sums.isNullAt(0) ? 1 : (double) sums.getLong(0) / sums.getLong(1) / channels;
    if (series.frequency().isPresent() && share < LEAST_OBSERVED) {
      throw new IllegalArgumentException(
          "of the steps of %s only %.1f %% hold a value"
              .formatted(series.frequency().get(), 100 * share));
    }
  }

  private static SeriesDataset dataset(SparkSession spark, RunDraft draft) {
    return SeriesDataset.read(spark, spec(draft), Optional.empty());
  }

  /** Sets the horizon by the frequency and the length of the series. */
  private static Result described(RunDraft draft, SeriesDataset series) {
    RowCounts counts = series.requireSeries();
    Optional<Frequency> frequency = series.frequency();
    int usual = frequency.map(DraftFlow::horizon).orElse(24);
    long median = medianLength(series.segments());
    int horizon = (int) Math.max(1, Math.min(usual, median / 10));
    draft.set("window.horizon", Integer.toString(horizon), "steps to forecast");
    String text = frequency.map(Frequency::toString).orElse("rows");
    if (frequency.isPresent()) {
      draft.set("clean.frequency", RunDraft.quoted(text), "found in the data");
    }
    String rejects = counts.rejected() == 0 ? "" : RejectReasons.top(series.rejects());
    return new Result(draft.text(), series.firstRows(SHOWN), counts, rejects, text);
  }

  private static long medianLength(JavaRDD<Segment> segments) {
    List<Long> lengths =
        new ArrayList<>(
            segments
                .filter(segment -> segment.seriesStep() == 0)
                .map(Segment::seriesLength)
                .take(10_000));
    lengths.sort(null);
    if (lengths.isEmpty()) {
      throw new IllegalArgumentException("no series is left after cleaning");
    }
    return lengths.get(lengths.size() / 2);
  }

  /** Two days of hours, a day of minutes, two weeks of days, a year of months. */
  private static int horizon(Frequency frequency) {
    double days = frequency.meanSeconds() / Duration.ofDays(1).toSeconds();
    if (days > 6) {
      return days > 80 ? 8 : 12;
    }
    long daily = Math.max(1, Math.round(1 / days));
    return (int) (daily == 1 ? 14 : daily <= 24 ? 2 * daily : Math.min(daily, 96));
  }

  private static RunSpec spec(RunDraft draft) {
    return RunFile.read(Optional.empty(), draft.words()).spec();
  }
}
