package io.longcast.bench;

import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.evaluate.RowInterval;
import io.longcast.generate.GenerateSpec;
import io.longcast.generate.GenerateStage;
import io.longcast.generate.SampleKind;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A generated fleet as series in memory. */
public final class GeneratedFleet {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Frequency HOUR = new Frequency(1, Frequency.Unit.HOUR);

  private static final int FAULT_EVERY = 500;

  private GeneratedFleet() {}

  /**
   * Hourly series of a kind, with the seed of {@code base}, without faults and with nothing missing
   * or damaged on purpose.
   */
  public static BudgetBenchmark.Data normal(
      SparkSession spark, GenerateSpec base, SampleKind kind, long series, long steps) {
    GenerateSpec spec = spec(base, kind, series, steps, 0);
    return new BudgetBenchmark.Data(
        kind.key(), layout(kind), HOUR, segments(spark, spec, kind), List.of());
  }

  /** The same with labelled faults. */
  public static BudgetBenchmark.Data faulty(
      SparkSession spark, GenerateSpec base, SampleKind kind, long series, long steps) {
    GenerateSpec spec = spec(base, kind, series, steps, FAULT_EVERY);
    List<Segment> segments = segments(spark, spec, kind);
    Map<String, List<RowInterval>> labels =
        GenerateStage.labels(spark, spec).sort("series_id", "start").collectAsList().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getAs("series_id"),
                    Collectors.mapping(GeneratedFleet::interval, Collectors.toList())));
    return new BudgetBenchmark.Data(
        kind.key(),
        layout(kind),
        HOUR,
        segments,
        segments.stream()
            .map(segment -> labels.getOrDefault(segment.seriesId(), List.of()))
            .toList());
  }

  private static RowInterval interval(Row label) {
    return new RowInterval(step(label, "start"), step(label, "end") - 1);
  }

  private static int step(Row label, String column) {
    Instant at = label.<Timestamp>getAs(column).toInstant();
    return (int) Duration.between(START, at).toHours();
  }

  private static GenerateSpec spec(
      GenerateSpec base, SampleKind kind, long series, long steps, int faultEvery) {
    return new GenerateSpec(
        kind,
        series,
        steps,
        0,
        START.toString(),
        Duration.ofHours(1),
        "UTC",
        faultEvery,
        0,
        base.seed());
  }

  private static SeriesLayout layout(SampleKind kind) {
    return SeriesLayout.of(kind.layout().channels().toArray(String[]::new));
  }

  private static List<Segment> segments(SparkSession spark, GenerateSpec spec, SampleKind kind) {
    TreeMap<String, List<Row>> rows =
        GenerateStage.generate(spark, spec).sort("series_id", "timestamp").collectAsList().stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.getAs("series_id"), TreeMap::new, Collectors.toList()));
    SeriesLayout layout = layout(kind);
    return rows.entrySet().stream().map(e -> segment(e.getKey(), e.getValue(), layout)).toList();
  }

  private static Segment segment(String id, List<Row> rows, SeriesLayout layout) {
    int steps = rows.size();
    int channels = layout.channels().size();
    float[][] values = new float[channels][steps];
    long[][] observed = new long[channels][(steps + 63) / 64];
    for (int c = 0; c < channels; c++) {
      int column = rows.get(0).fieldIndex(layout.channels().get(c));
      for (int t = 0; t < steps; t++) {
        boolean there = !rows.get(t).isNullAt(column);
        values[c][t] =
            there ? (float) rows.get(t).getDouble(column) : t == 0 ? 0 : values[c][t - 1];
        observed[c][t >> 6] |= there ? 1L << (t & 63) : 0;
      }
    }
    GridAxis axis = new GridAxis(START, HOUR, ZoneOffset.UTC);
    return Segment.whole(id, axis, steps, values, observed, new int[0]);
  }
}
