package io.longcast.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Cleans observations into one segment a series. One scan of the source, one shuffle, by series;
 * with {@code frequency = infer} or with static columns to learn, a look over the shuffled rows
 * before they are cleaned.
 */
public final class CleanStage {
  private CleanStage() {}

  /**
   * Cleans what a source gave; its rejects become part of the result. The source is scanned here,
   * and not again.
   *
   * @param read the source's rows
   * @param spec how to clean
   * @param codes codes of the static columns as training learnt them; empty to learn them here
   * @throws IllegalArgumentException if the frequency is to be inferred and cannot be
   */
  public static CleanResult clean(ReadResult read, CleanSpec spec, Optional<CategoryCodes> codes) {
    SeriesLayout layout = read.layout();
    ObservationsTable.table(layout).requireConforms(read.parsed().schema());
    FileNumbers files = FileNumbers.of(read.parsed());
    JavaRDD<InternalRow> grouped =
        bySeries(read.parsed(), layout, spec, files).queryExecution().toRdd().toJavaRDD();
    CleanPlan plan = plan(read, spec, codes, grouped);
    return new CleanedSeriesStage(
        read, plan, grouped.mapPartitions(rows -> new SeriesOutcomes(rows, plan, files)));
  }

  private static CleanPlan plan(
      ReadResult read,
      CleanSpec spec,
      Optional<CategoryCodes> codes,
      JavaRDD<InternalRow> grouped) {
    SeriesLayout layout = read.layout();
    boolean infer = spec.grid() == CleanSpec.Grid.REGULAR && spec.declaredFrequency().isEmpty();
    boolean learn = codes.isEmpty() && !layout.staticCovariates().isEmpty();
    Optional<Frequency> frequency =
        spec.grid() == CleanSpec.Grid.ROWS ? Optional.empty() : spec.declaredFrequency();
    CategoryCodes known = codes.orElse(CategoryCodes.none());
    if (infer || learn) {
      SurveyStage survey = SurveyStage.over(grouped, layout, infer);
      frequency = infer ? Optional.of(survey.frequency(read.source())) : frequency;
      known = codes.orElse(survey.codes());
    }
    requireColumns(known, layout);
    return new CleanPlan(
        layout, spec, frequency.orElse(null), known, read.repeatedHourZone().orElse(null));
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
   * All rows of a series in one partition, series by the hash of their names, rows in a total order
   * that no partitioning of the input changes: by time or, where rows are kept as they are, by
   * place; ties by place, then by value. Rows without a series are spread.
   */
  private static Dataset<Row> bySeries(
      Dataset<Row> parsed, SeriesLayout layout, CleanSpec spec, FileNumbers files) {
    Dataset<Row> rows = parsed.select(GroupedColumns.of(layout, files).toArray(Column[]::new));
    Column key = col(GroupedColumns.KEY);
    Dataset<Row> grouped =
        spec.partitions() > 0 ? rows.repartition(spec.partitions(), key) : rows.repartition(key);
    return grouped.sortWithinPartitions(order(layout, spec).toArray(Column[]::new));
  }

  private static List<Column> order(SeriesLayout layout, CleanSpec spec) {
    List<Column> order = new ArrayList<>();
    order.add(col(GroupedColumns.KEY));
    order.add(col(ObservationsTable.SERIES_ID));
    if (spec.grid() == CleanSpec.Grid.REGULAR) {
      order.add(col(GroupedColumns.MICROS));
    }
    order.add(col(ObservationsTable.ROW));
    order.add(col(ParsedColumns.FILE));
    order.add(col(ParsedColumns.BLOCK));
    order.add(col(ParsedColumns.SEQUENCE));
    if (spec.grid() == CleanSpec.Grid.ROWS) {
      order.add(col(GroupedColumns.MICROS));
    }
    order.add(col(ParsedColumns.REASON));
    ObservationsTable.numbers(layout).forEach(name -> order.add(GroupedColumns.exactly(name)));
    layout.staticCovariates().forEach(name -> order.add(GroupedColumns.exactly(name)));
    order.add(col(ParsedColumns.RECORD));
    return order;
  }
}
