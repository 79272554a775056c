package io.longcast.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.longcast.read.ReadResult;
import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.sparkinternals.EngineRows;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import io.longcast.table.RejectsTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Cleans observations into one segment a series. One scan of the source, one shuffle, of the chunks
 * into which {@link ChunkedRows} brings the rows of a series; on a regular grid or with static
 * columns to learn, a look over a sample of the shuffled chunks before they are cleaned.
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
    JavaRDD<EngineRow> grouped = bySeries(read.parsed(), layout, spec, files);
    CleanPlan plan = plan(read, spec, codes, grouped);
    return new CleanedSeriesStage(
        read, plan, grouped.mapPartitions(rows -> new SeriesOutcomes(rows, plan, files)));
  }

  private static CleanPlan plan(
      ReadResult read, CleanSpec spec, Optional<CategoryCodes> codes, JavaRDD<EngineRow> grouped) {
    SeriesLayout layout = read.layout();
    requireCounters(spec, layout);
    boolean regular = spec.grid() == CleanSpec.Grid.REGULAR;
    boolean learn = codes.isEmpty() && !layout.staticCovariates().isEmpty();
    CleanSpec settled = spec;
    Frequency frequency = null;
    CategoryCodes known = codes.orElse(CategoryCodes.none());
    if (regular || learn) {
      SurveyStage survey = SurveyStage.over(grouped, layout, spec, learn);
      known = learn ? survey.codes() : known;
      if (regular) {
        frequency = survey.frequency(read.source());
        settled = spec.with(survey.snap(frequency));
        survey.warn(read.source(), frequency, settled.snap());
      }
    }
    requireColumns(known, layout);
    return new CleanPlan(layout, settled, frequency, known, read.repeatedHourZone().orElse(null));
  }

  private static void requireCounters(CleanSpec spec, SeriesLayout layout) {
    List<String> numbers = ObservationsTable.numbers(layout);
    for (String name : spec.counters().keySet()) {
      if (!numbers.contains(name)) {
        throw new SettingException(
            "clean.counters",
            "counter \"%s\" is no number column, found %s"
                .formatted(name, String.join(", ", numbers)));
      }
    }
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
   * All chunks of a series in one partition, series by the hash of their names. Rows without a
   * series are spread.
   */
  private static JavaRDD<EngineRow> bySeries(
      Dataset<Row> parsed, SeriesLayout layout, CleanSpec spec, FileNumbers files) {
    JavaRDD<EngineRow> rows = EngineRows.of(parsed.select(RowColumns.of(layout, files)));
    CleanSpec.Grid grid = spec.grid();
    Dataset<Row> chunks =
        EngineRows.table(
            parsed.sparkSession(),
            rows.mapPartitions(
                part -> new ChunkedRows(part, layout, grid, files, ChunkedRows.OPEN_BYTES)),
            ChunkedRows.SCHEMA);
    Column key = col(ChunkedRows.KEY);
    Dataset<Row> grouped =
        spec.partitions() > 0
            ? chunks.repartition(spec.partitions(), key)
            : chunks.repartition(key);
    return EngineRows.of(grouped.sortWithinPartitions(key, col(ObservationsTable.SERIES_ID)));
  }
}
