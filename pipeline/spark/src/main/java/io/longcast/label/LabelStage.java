package io.longcast.label;

import io.longcast.label.StepLabels.Interval;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.ExistingPaths;
import io.longcast.table.SnapshotFiles;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Gives series their labels, as a last channel of class codes. No shuffle; intervals are collected
 * and broadcast, codes of a column are looked at in one job.
 */
public final class LabelStage {
  private static final List<String> COLUMNS = List.of("series_id", "start", "end", "kind");

  private LabelStage() {}

  /**
   * Series with labels.
   *
   * @param layout with the label as the last channel
   * @param segments of that layout
   * @param classes names by code
   */
  public record Result(SeriesLayout layout, JavaRDD<Segment> segments, List<String> classes) {}

  /**
   * Labels series by a spec.
   *
   * @param layout of the segments; with a label column, the label is its last channel already
   */
  public static Result label(
      SparkSession spark, JavaRDD<Segment> segments, SeriesLayout layout, LabelSpec spec) {
    if (spec.column().isPresent()) {
      return new Result(layout, segments, codes(segments, layout.channels().size() - 1, spec));
    }
    StepLabels labels = labels(spark, spec);
    Broadcast<StepLabels> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(labels);
    return new Result(
        withLabel(layout, spec.channel()),
        segments.map(segment -> shared.value().added(segment, layout)),
        labels.classes());
  }

  /** Series whose labels are to be found: the same shape, nothing known. */
  public static JavaRDD<Segment> unlabelled(JavaRDD<Segment> segments, SeriesLayout layout) {
    return segments.map(segment -> StepLabels.withoutLabels(segment, layout));
  }

  private static SeriesLayout withLabel(SeriesLayout layout, String name) {
    List<String> channels = new ArrayList<>(layout.channels());
    channels.add(name);
    return new SeriesLayout(
        channels, layout.pastCovariates(), layout.knownCovariates(), layout.staticCovariates());
  }

  private static List<String> codes(JavaRDD<Segment> segments, int channel, LabelSpec spec) {
    int most = segments.map(segment -> maxCode(segment, channel)).fold(-1, Math::max);
    if (most < 1) {
      throw new SettingException(
          "labels.column",
          "labels need class codes 0, 1, ... in the column "
              + spec.channel()
              + ", found none above 0");
    }
    return IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList();
  }

  private static int maxCode(Segment segment, int channel) {
    float most = -1;
    float[] codes = segment.row(channel);
    for (int step = 0; step < segment.length(); step++) {
      most = segment.isObserved(channel, step) ? Math.max(most, codes[step]) : most;
    }
    return (int) most;
  }

  private static StepLabels labels(SparkSession spark, LabelSpec spec) {
    List<Row> rows = intervals(spark, spec).collectAsList();
    TreeSet<String> kinds = new TreeSet<>();
    rows.forEach(row -> kinds.add(row.getString(3)));
    kinds.remove(spec.normal());
    List<String> classes = new ArrayList<>(List.of(spec.normal()));
    classes.addAll(kinds);
    if (classes.size() < 2) {
      throw new SettingException(
          "labels.intervals",
          "labels need a kind other than " + spec.normal() + ", found none in " + spec.intervals());
    }
    Map<String, List<Interval>> bySeries = new HashMap<>();
    for (Row row : rows) {
      Timestamp start = row.getTimestamp(1);
      Timestamp end = row.getTimestamp(2);
      bySeries
          .computeIfAbsent(row.getString(0), id -> new ArrayList<>())
          .add(new Interval(start.toInstant(), end.toInstant(), classes.indexOf(row.getString(3))));
    }
    return new StepLabels(classes, spec.span(), bySeries);
  }

  /** The columns of the intervals, in their order. */
  private static Dataset<Row> intervals(SparkSession spark, LabelSpec spec) {
    Dataset<Row> rows = read(spark, spec);
    List<String> found = Arrays.asList(rows.columns());
    List<String> missing = COLUMNS.stream().filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new SettingException(
          "labels.intervals",
          "labelled intervals need the columns "
              + COLUMNS
              + ", missing "
              + missing
              + " in "
              + spec.intervals());
    }
    return rows.selectExpr(COLUMNS.stream().map(name -> "`" + name + "`").toArray(String[]::new));
  }

  private static Dataset<Row> read(SparkSession spark, LabelSpec spec) {
    Configuration hadoop = EngineSession.hadoopConf(spark);
    String hint = "; correct it, or write Parquet there with the columns " + COLUMNS;
    for (String path : spec.intervals()) {
      ExistingPaths.matches(hadoop, path, "labels.intervals", hint);
    }
    try {
      return spark
          .read()
          .parquet(SnapshotFiles.plain(hadoop, spec.intervals()).toArray(String[]::new));
    } catch (Exception unreadable) {
      String what =
          unreadable instanceof AnalysisException analysis
              ? analysis.getSimpleMessage()
              : String.valueOf(unreadable.getMessage());
      throw new SettingException(
          "labels.intervals",
          "cannot read labelled intervals from %s: %s".formatted(spec.intervals(), what),
          unreadable);
    }
  }
}
