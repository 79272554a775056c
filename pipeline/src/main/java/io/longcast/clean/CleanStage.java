package io.longcast.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.longcast.read.ReadResult;
import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import io.longcast.table.RejectsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Cleans observations into one segment a series. One shuffle, by series; with {@code frequency =
 * infer} two light scans and a small shuffle before it, with static columns one more.
 */
public final class CleanStage {
  /** The time in microseconds since 1970; Spark's own timestamps cost more to hand to Java. */
  static final String MICROS = "_micros";

  private CleanStage() {}

  /**
   * Cleans what a source gave; its rejects become part of the result, so that the source is scanned
   * once.
   *
   * @param read the source's rows
   * @param spec how to clean
   * @param codes codes of the static columns as training learnt them; empty to learn them here
   * @throws IllegalArgumentException if the frequency is to be inferred and cannot be
   */
  public static CleanResult clean(ReadResult read, CleanSpec spec, Optional<CategoryCodes> codes) {
    SeriesLayout layout = read.layout();
    ObservationsTable.table(layout).requireConforms(read.parsed().schema());
    Optional<Frequency> frequency = frequency(read, spec);
    CategoryCodes known = codes.orElseGet(() -> CategoryStage.learn(read.observations(), layout));
    requireColumns(known, layout);
    CleanPlan plan =
        new CleanPlan(
            layout, spec, frequency.orElse(null), known, read.repeatedHourZone().orElse(null));
    JavaRDD<SeriesOutcome> outcomes =
        bySeries(read.parsed(), layout, spec)
            .javaRDD()
            .mapPartitions(rows -> new SeriesOutcomes(rows, plan));
    return new CleanedSeriesStage(read, plan, outcomes);
  }

  /** Cleans a table of observations that was not read by {@code ReadStage}. */
  public static CleanResult clean(Dataset<Row> observations, SeriesLayout layout, CleanSpec spec) {
    ObservationsTable.table(layout).requireConforms(observations.schema());
    Dataset<Row> parsed = observations;
    for (String name : ParsedColumns.ALL) {
      DataType type =
          switch (name) {
            case ParsedColumns.BLOCK, ParsedColumns.SEQUENCE -> DataTypes.LongType;
            case ParsedColumns.LOCAL -> DataTypes.BooleanType;
            default -> DataTypes.StringType;
          };
      parsed = parsed.withColumn(name, lit(null).cast(type));
    }
    Dataset<Row> noFiles =
        observations.sparkSession().createDataFrame(List.<Row>of(), RejectsTable.SCHEMA);
    return clean(
        new ReadResult(parsed, noFiles, layout, "observations", Optional.empty()),
        spec,
        Optional.empty());
  }

  private static Optional<Frequency> frequency(ReadResult read, CleanSpec spec) {
    if (spec.grid() == CleanSpec.Grid.ROWS) {
      return Optional.empty();
    }
    return spec.declaredFrequency()
        .or(() -> Optional.of(FrequencyStage.infer(read.observations(), read.source())));
  }

  private static void requireColumns(CategoryCodes codes, SeriesLayout layout) {
    if (codes.categories().size() != layout.staticCovariates().size()) {
      throw new IllegalArgumentException(
          "codes of %d static columns were learnt, the source has %d: %s"
              .formatted(
                  codes.categories().size(),
                  layout.staticCovariates().size(),
                  layout.staticCovariates()));
    }
  }

  /**
   * All rows of a series in one partition, in a total order that no partitioning of the input
   * changes: by time or, where rows are kept as they are, by place; ties by place, then by value.
   * Rows without a series are spread.
   */
  private static Dataset<Row> bySeries(Dataset<Row> parsed, SeriesLayout layout, CleanSpec spec) {
    Column key =
        coalesce(xxhash64(col(ObservationsTable.SERIES_ID)), xxhash64(col(ParsedColumns.RECORD)));
    Dataset<Row> rows = parsed.select(columns(layout).toArray(Column[]::new));
    Dataset<Row> grouped =
        spec.partitions() > 0
            ? rows.repartition(spec.partitions(), key(key))
            : rows.repartition(key(key));
    return grouped.sortWithinPartitions(order(layout, spec).toArray(Column[]::new));
  }

  private static Column key(Column hash) {
    return coalesce(hash, lit(0L));
  }

  private static List<Column> columns(SeriesLayout layout) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(ObservationsTable.SERIES_ID));
    columns.add(expr("unix_micros(" + ObservationsTable.TIMESTAMP + ")").as(MICROS));
    columns.add(col(ObservationsTable.ROW));
    ParsedColumns.ALL.forEach(name -> columns.add(col(name)));
    ObservationsTable.numbers(layout).forEach(name -> columns.add(exactly(name)));
    layout.staticCovariates().forEach(name -> columns.add(exactly(name)));
    return columns;
  }

  private static List<Column> order(SeriesLayout layout, CleanSpec spec) {
    List<Column> order = new ArrayList<>();
    order.add(col(ObservationsTable.SERIES_ID));
    if (spec.grid() == CleanSpec.Grid.REGULAR) {
      order.add(col(MICROS));
    }
    order.add(col(ObservationsTable.ROW));
    order.add(col(ParsedColumns.FILE));
    order.add(col(ParsedColumns.BLOCK));
    order.add(col(ParsedColumns.SEQUENCE));
    if (spec.grid() == CleanSpec.Grid.ROWS) {
      order.add(col(MICROS));
    }
    order.add(col(ParsedColumns.REASON));
    ObservationsTable.numbers(layout).forEach(name -> order.add(exactly(name)));
    layout.staticCovariates().forEach(name -> order.add(exactly(name)));
    order.add(col(ParsedColumns.RECORD));
    return order;
  }

  /** A column by its exact name, dots and blanks included. */
  static Column exactly(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
