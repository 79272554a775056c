package io.longcast.clean;

import io.longcast.read.ReadResult;
import io.longcast.series.Frequency;
import io.longcast.series.MappedIterator;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.table.RejectedCellsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import java.sql.Timestamp;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The outcome of cleaning as bytes of {@link OutcomeCodec}, and the tables read off it; those
 * unpack the counts alone.
 */
final class CleanedSeriesStage implements CleanResult {
  private final ReadResult read;
  private final CleanPlan plan;
  private final JavaRDD<byte[]> outcomes;

  CleanedSeriesStage(ReadResult read, CleanPlan plan, JavaRDD<SeriesOutcome> outcomes) {
    this.read = read;
    this.plan = plan;
    this.outcomes =
        outcomes
            .mapPartitions(series -> new MappedIterator<>(series, new OutcomeCodec()::bytes))
            .setName("packed series");
  }

  @Override
  public JavaRDD<Segment> segments() {
    return outcomes
        .filter(OutcomeCodec::hasSegment)
        .mapPartitions(series -> new MappedIterator<>(series, new OutcomeCodec()::segment));
  }

  @Override
  public JavaRDD<byte[]> packed() {
    return outcomes.filter(OutcomeCodec::hasSegment).map(OutcomeCodec::segmentBytes);
  }

  @Override
  public Dataset<Row> rejects() {
    String source = read.source();
    JavaRDD<Row> rows =
        accounts()
            .flatMap(
                series ->
                    series.rejects().stream()
                        .filter(row -> !row.isCell())
                        .map(row -> reject(source, row))
                        .iterator());
    return spark().createDataFrame(rows, RejectsTable.SCHEMA).unionByName(read.skippedFiles());
  }

  @Override
  public Dataset<Row> rejectedCells() {
    String source = read.source();
    JavaRDD<Row> cells =
        accounts()
            .flatMap(
                series ->
                    series.rejects().stream()
                        .filter(RejectedRow::isCell)
                        .map(row -> cell(source, row))
                        .iterator());
    return spark().createDataFrame(cells, RejectedCellsTable.SCHEMA);
  }

  @Override
  public Dataset<Row> statuses() {
    String source = read.source();
    String frequency = SeriesCleaner.name(frequency());
    JavaRDD<Row> rows =
        accounts()
            .filter(series -> series.status() != null)
            .map(series -> status(source, frequency, series));
    return spark().createDataFrame(rows, SeriesStatusTable.SCHEMA);
  }

  @Override
  public RowCounts reconcile() {
    return TaskResults.fold(
        accounts().map(SeriesOutcome::account), new RowCounts(0, 0, 0, 0, 0, 0), RowCounts::plus);
  }

  private JavaRDD<SeriesOutcome> accounts() {
    return outcomes.map(OutcomeCodec::account);
  }

  @Override
  public Optional<Frequency> frequency() {
    return Optional.ofNullable(plan.frequency());
  }

  @Override
  public CategoryCodes codes() {
    return plan.codes();
  }

  @Override
  public void keep() {
    outcomes.persist(StorageLevel.DISK_ONLY());
  }

  @Override
  public void close() {
    outcomes.unpersist(false);
  }

  private SparkSession spark() {
    return read.parsed().sparkSession();
  }

  static Row cell(String source, RejectedRow row) {
    return RowFactory.create(
        source, row.file(), row.seriesId(), timestamp(row.micros()), row.reason());
  }

  static Row reject(String source, RejectedRow row) {
    return RowFactory.create(
        source,
        row.stage(),
        row.file(),
        row.seriesId(),
        timestamp(row.micros()),
        row.reason(),
        row.record());
  }

  private static Row status(String source, String frequency, SeriesOutcome series) {
    return RowFactory.create(
        source,
        series.seriesId(),
        series.status().kind(),
        series.status().kept(),
        series.status().reason(),
        series.read(),
        series.used(),
        series.rejectedRows(),
        series.steps(),
        series.observed(),
        frequency,
        timestamp(series.start()),
        timestamp(series.end()));
  }

  private static Timestamp timestamp(long micros) {
    return micros == SeriesBuffer.NO_TIME ? null : Timestamp.from(GridTime.instant(micros));
  }
}
