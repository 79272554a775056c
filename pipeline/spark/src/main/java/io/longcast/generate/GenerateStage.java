package io.longcast.generate;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Generates sample tables on the executors. No shuffle; each series is written by one task, in
 * constant memory, and is the same whatever the partitioning.
 */
public final class GenerateStage {
  /** Rows that make a task of a decent size. */
  private static final long ROWS_PER_TASK = 500_000;

  private GenerateStage() {}

  /**
   * Observations: {@code series_id}, {@code timestamp}, the channels, past and known covariates and
   * static columns of the kind's layout; missing values are null.
   */
  public static Dataset<Row> generate(SparkSession spark, GenerateSpec spec) {
    StructType schema = SampleTable.observations(spec.kind());
    return rows(spark, spec, schema, number -> new GeneratedRows(spec, number));
  }

  /**
   * The same observations as text, {@link GenerateSpec#dirty()} of them damaged: what a careless
   * collector would deliver. Same column names, all of them strings.
   */
  public static Dataset<Row> raw(SparkSession spark, GenerateSpec spec) {
    StructType schema = SampleTable.raw(spec.kind());
    return rows(spark, spec, schema, number -> new DirtyRows(spec, number));
  }

  /**
   * Labelled intervals {@code [start, end)}: {@code series_id}, {@code channel} (null: the whole
   * series), {@code start}, {@code end}, {@code kind}.
   */
  public static Dataset<Row> labels(SparkSession spark, GenerateSpec spec) {
    return rows(spark, spec, SampleTable.LABELS, number -> LabelRows.of(spec, number));
  }

  private static Dataset<Row> rows(
      SparkSession spark, GenerateSpec spec, StructType schema, SeriesSource source) {
    long tasks = Math.max(1, spec.series() * spec.steps() / ROWS_PER_TASK);
    int partitions =
        (int)
            Math.min(
                Math.min(spec.series(), Math.max(tasks, spark.sparkContext().defaultParallelism())),
                100_000);
    FlatMapFunction<Long, Row> series = number -> new TableRows(source.open(number));
    return spark.range(0, spec.series(), 1, partitions).flatMap(series, Encoders.row(schema));
  }

  /** Opens the rows of one series. */
  @FunctionalInterface
  private interface SeriesSource extends Serializable {
    Iterator<Object[]> open(long number);
  }

  private record TableRows(Iterator<Object[]> values) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      return values.hasNext();
    }

    @Override
    public Row next() {
      return RowFactory.create(values.next());
    }
  }
}
