package io.longcast.flow.draft;

import io.longcast.clean.RejectReasons;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.draft.ColumnRoles.Found;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.read.ReadStage;
import io.longcast.read.SourceSample;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/** Looks at data and drafts a run file that trains on them. */
public final class DraftFlow {
  private static final int FIRST = 2000;
  private static final int SHOWN = 5;

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
   * Drafts a run file. Reads the data a few times.
   *
   * @param data a file or a folder
   * @param output folder for the tables of the run
   * @throws IllegalArgumentException if nothing can be read, or no column of numbers is found
   */
  public static Result run(SparkSession spark, Path data, String output) {
    SourceFormat format = SourceFormat.of(data);
    RunDraft draft = RunDraft.empty(name(data));
    draft.source(format);
    SourceSample sample = SourceSample.of(spark, spec(draft).source(), FIRST);
    Found found = new ColumnRoles(sample).find();
    if (RunDraft.isWide(sample, found)) {
      draft.wide(sample, found);
    } else if (found.values().isEmpty()) {
      throw new IllegalArgumentException(
          "found no column of numbers in "
              + data
              + "; columns are "
              + String.join(", ", sample.names()));
    } else {
      draft.columns(found);
    }
    draft.set("output.path", RunDraft.quoted(output));
    return finished(spark, draft);
  }

  private static Result finished(SparkSession spark, RunDraft draft) {
    String frequency;
    try {
      frequency = window(spark, draft);
    } catch (IllegalArgumentException irregular) {
      draft.notes().add("not on a regular grid: " + irregular.getMessage());
      draft.set("clean.grid", "rows", "times are irregular: rows are taken in their order");
      frequency = window(spark, draft);
    }
    try (SeriesDataset series = SeriesDataset.read(spark, spec(draft), Optional.empty())) {
      RowCounts counts = series.counts();
      String rejects = counts.rejected() == 0 ? "" : RejectReasons.top(series.rejects());
      return new Result(draft.text(), rows(spark, spec(draft)), counts, rejects, frequency);
    }
  }

  /** Sets the horizon by the frequency and the length of the series. */
  private static String window(SparkSession spark, RunDraft draft) {
    try (SeriesDataset series = SeriesDataset.read(spark, spec(draft), Optional.empty())) {
      long median = medianLength(series.segments());
      Optional<Frequency> frequency = series.frequency();
      int usual = frequency.map(DraftFlow::horizon).orElse(24);
      int horizon = (int) Math.max(1, Math.min(usual, median / 10));
      draft.set("window.horizon", Integer.toString(horizon), "steps to forecast");
      String text = frequency.map(Frequency::toString).orElse("rows");
      frequency.ifPresent(
          step -> draft.set("clean.frequency", RunDraft.quoted(text), "found in the data"));
      return text;
    }
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

  private static List<String> rows(SparkSession spark, RunSpec run) {
    return ReadStage.read(spark, run.source()).observations().limit(SHOWN).toJSON().collectAsList();
  }

  private static RunSpec spec(RunDraft draft) {
    return RunFile.read(Optional.empty(), draft.words()).spec();
  }

  private static String name(Path data) {
    String file = data.toAbsolutePath().getFileName().toString();
    int dot = file.indexOf('.');
    String plain = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.isEmpty() ? "longcast" : plain;
  }
}
