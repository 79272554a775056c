package io.longcast.report.page;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.longcast.table.AnomaliesTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How many alarms each fixed threshold would have given: runs of steps at or above it, where gaps
 * of at most {@code mergeGap} steps do not end a run.
 *
 * @param thresholds ascending, as {@link Rounded#digits}
 * @param alarms of each threshold
 * @param seriesWeeks series times weeks they were counted on
 * @param series they were counted on
 * @param budget alarms that were asked for
 * @param unit of the budget, as in the settings
 * @param events of the run on the same series
 */
public record AlarmCurve(
    List<Double> thresholds,
    List<Long> alarms,
    double seriesWeeks,
    int series,
    double budget,
    String unit,
    long events) {
  private static final int MAX_SERIES = 400;
  private static final int PER_DIGIT = 10;
  private static final int BINS = (int) Rounded.MAX_DIGITS * PER_DIGIT;
  private static final double WEEK = 7 * 86_400e6;
  private static final double ROWS_A_WEEK = 168;

  /**
   * The curve over the first series of a catalog and a sample; one scan, one shuffle by series. Row
   * numbers count as hours.
   *
   * @param scored of {@link ReportRows}
   * @param mergeGap as in the settings
   */
  public static AlarmCurve of(
      Dataset<Row> scored, SeriesCatalog catalog, int mergeGap, double budget, String unit) {
    Set<String> ids = new LinkedHashSet<>(catalog.chosen(MAX_SERIES));
    long[] starts = starts(SeriesCatalog.of(scored, List.copyOf(ids)), mergeGap);
    List<Double> thresholds = new ArrayList<>();
    List<Long> alarms = new ArrayList<>();
    for (int bin = 1; bin <= BINS; bin++) {
      thresholds.add((double) bin / PER_DIGIT);
      alarms.add(starts[bin]);
    }
    double span = 0;
    long events = 0;
    for (SeriesCatalog.Entry entry : catalog.series()) {
      if (ids.contains(entry.id())) {
        span += entry.to() - entry.from();
        events += entry.events();
      }
    }
    return new AlarmCurve(
        thresholds,
        alarms,
        Rounded.of(span / (catalog.isTimed() ? WEEK : ROWS_A_WEEK)),
        ids.size(),
        budget,
        unit,
        events);
  }

  /**
   * Runs of each bin's threshold: they start where this step is at or above it and those before are
   * not. Counted as changes along the thresholds, summed up at the end.
   */
  private static long[] starts(Dataset<Row> scored, int mergeGap) {
    WindowSpec before =
        Window.partitionBy(AnomaliesTable.SERIES_ID)
            .orderBy(ReportRows.X)
            .rowsBetween(-Math.max(1, mergeGap + 1), -1);
    String bin =
        "cast(least(%d, floor(-log10(greatest(1 - %%s, 1e-17)) * %d)) as int)"
            .formatted(BINS, PER_DIGIT);
    long[] changes = new long[BINS + 2];
    scored
        .where(col(AnomaliesTable.ANOMALY_SCORE).isNotNull())
        .groupBy(AnomaliesTable.SERIES_ID, ReportRows.X)
        .agg(max(AnomaliesTable.ANOMALY_SCORE).as("score"))
        .withColumn("before", coalesce(max("score").over(before), lit(0)))
        .select(expr(bin.formatted("score")).as("now"), expr(bin.formatted("before")).as("then"))
        .where(col("now").gt(col("then")))
        .groupBy("now", "then")
        .count()
        .collectAsList()
        .forEach(
            row -> {
              changes[row.getInt(1) + 1] += row.getLong(2);
              changes[row.getInt(0) + 1] -= row.getLong(2);
            });
    for (int threshold = 1; threshold < changes.length; threshold++) {
      changes[threshold] += changes[threshold - 1];
    }
    return changes;
  }
}
