package io.longcast.pipeline;

import io.longcast.clean.CategoryCodes;
import io.longcast.clean.CleanResult;
import io.longcast.clean.CleanSpec;
import io.longcast.clean.CleanStage;
import io.longcast.clean.RejectReasons;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.metrics.RunCounter;
import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.read.ScanFailure;
import io.longcast.read.SeriesColumns;
import io.longcast.read.SourceWindow;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import io.longcast.table.ParsedRows;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Rows as series on a grid, packed once, with the counts of rows, the rejects and a status for
 * every series. Nothing is cached unless {@link #keep} is called; close the dataset then to free
 * the executors' disks.
 */
public final class SeriesDataset implements AutoCloseable {
  private static final String IN_FILES = "source.badFiles = skip leaves it out and lists it";
  private static final String IN_FRAME = "leave it out where the DataFrame is made";

  private final ReadResult read;
  private final CleanResult clean;
  private final String hint;
  private RowCounts counts;

  private SeriesDataset(ReadResult read, CleanResult clean, String hint) {
    this.read = read;
    this.clean = clean;
    this.hint = hint;
  }

  /**
   * Prepares the rows of a DataFrame whose session runs in UTC.
   *
   * @param clean how rows become series
   * @param codes of the static columns as training learned them; empty to learn them here
   * @throws IllegalArgumentException if a column is missing or of a type that cannot serve, or the
   *     frequency is to be inferred and cannot be
   */
  public static SeriesDataset of(
      Dataset<Row> rows, SeriesColumns columns, CleanSpec clean, Optional<CategoryCodes> codes) {
    return scanned(
        ReadStage.DATA_FRAME, IN_FRAME, () -> ReadStage.read(rows, columns), clean, codes);
  }

  /** The same with the codes of static columns learned from these rows. */
  public static SeriesDataset of(Dataset<Row> rows, SeriesColumns columns, CleanSpec clean) {
    return of(rows, columns, clean, Optional.empty());
  }

  /** The same of the source that a run names, kept until closed. */
  public static SeriesDataset read(SparkSession spark, RunSpec run, Optional<CategoryCodes> codes) {
    return read(spark, run, codes, SourceWindow.ALL);
  }

  /** The same of a part of the source. */
  public static SeriesDataset read(
      SparkSession spark, RunSpec run, Optional<CategoryCodes> codes, SourceWindow window) {
    return read(run, codes, () -> ReadStage.read(spark, run.source(), window));
  }

  /** The same of some series alone, and without the rejects of others. */
  public static SeriesDataset read(
      SparkSession spark,
      RunSpec run,
      Optional<CategoryCodes> codes,
      SourceWindow window,
      List<String> ids) {
    return read(run, codes, () -> ReadStage.read(spark, run.source(), window).ofSeries(ids));
  }

  private static SeriesDataset read(
      RunSpec run, Optional<CategoryCodes> codes, Supplier<ReadResult> reading) {
    return scanned(run.source().label(), IN_FILES, reading, run.clean(), codes).keep();
  }

  private static SeriesDataset scanned(
      String source,
      String hint,
      Supplier<ReadResult> reading,
      CleanSpec clean,
      Optional<CategoryCodes> codes) {
    return ScanFailure.named(
        source,
        hint,
        () -> {
          ReadResult read = reading.get();
          return new SeriesDataset(read, CleanStage.clean(read, clean, codes), hint);
        });
  }

  /** Keeps the packed series on the executors' disks from their first use until closed. */
  public SeriesDataset keep() {
    clean.keep();
    return this;
  }

  /** Whole series, each once; only those that are kept. */
  public JavaRDD<Segment> segments() {
    return clean.segments();
  }

  /** The same as they were packed, for shards. */
  JavaRDD<byte[]> packed() {
    return clean.packed();
  }

  /** Names of channels and covariates. */
  public SeriesLayout layout() {
    return read.layout();
  }

  /**
   * Time of the newest row of each of some files; files without one are left out. Scans them for
   * the time, and for what was observed where the future of covariates is known.
   *
   * @param files as Hadoop paths
   * @param until later rows with an observed value do not count: their clock is wrong
   */
  public Map<String, Instant> newestRows(Set<String> files, Instant until) {
    if (files.isEmpty()) {
      return Map.of();
    }
    Map<String, String> paths =
        files.stream().collect(Collectors.toMap(ParsedColumns::file, Function.identity()));
    Column counts = functions.col(ObservationsTable.TIMESTAMP).leq(Timestamp.from(until));
    if (!layout().knownCovariates().isEmpty()) {
      counts = counts.or(functions.not(ParsedRows.isObserved(layout())));
    }
    Dataset<Row> newest =
        read.parsed()
            .where(functions.col(ParsedColumns.FILE).isin(paths.keySet().toArray()))
            .where(counts)
            .select(ParsedColumns.FILE, ObservationsTable.TIMESTAMP)
            .groupBy(ParsedColumns.FILE)
            .agg(functions.max(ObservationsTable.TIMESTAMP));
    Map<String, Instant> times = new TreeMap<>();
    ScanFailure.named(read.source(), hint, newest::collectAsList)
        .forEach(row -> times.put(paths.get(row.getString(0)), row.getTimestamp(1).toInstant()));
    return times;
  }

  /** The first rows as they are read, each as JSON; reads no more than it needs. */
  public List<String> firstRows(int count) {
    return read.observations().limit(count).toJSON().collectAsList();
  }

  /** The source as its tables name it. */
  public String source() {
    return read.source();
  }

  /** The grid's step, declared or inferred; empty where rows are kept as they are. */
  public Optional<Frequency> frequency() {
    return clean.frequency();
  }

  /** The codes of the static columns. */
  public CategoryCodes codes() {
    return clean.codes();
  }

  /** Rows that were not used, in the shape of {@link io.longcast.table.RejectsTable}. */
  public Dataset<Row> rejects() {
    return clean.rejects();
  }

  /**
   * Cells of used rows that could not be read, in the shape of {@link
   * io.longcast.table.RejectedCellsTable}.
   */
  public Dataset<Row> rejectedCells() {
    return clean.rejectedCells();
  }

  /** One row a series, in the shape of {@link io.longcast.table.SeriesStatusTable}. */
  public Dataset<Row> statuses() {
    return clean.statuses();
  }

  /**
   * Rows read, used and rejected. The first call runs a job.
   *
   * @throws IllegalStateException if a row is neither used nor rejected
   * @throws IllegalArgumentException if a file cannot be read to its end
   */
  public RowCounts counts() {
    if (counts == null) {
      RowCounts found = ScanFailure.named(read.source(), hint, clean::reconcile);
      if (!found.balances()) {
        throw new IllegalStateException("row counts do not add up: " + found);
      }
      counts = found;
      count(found);
    }
    return counts;
  }

  private static void count(RowCounts found) {
    RunCounter.ROWS_READ.add(found.read());
    RunCounter.ROWS_USED.add(found.used());
    RunCounter.ROWS_REJECTED.add(found.rejected());
    RunCounter.CELLS_REJECTED.add(found.cells());
    RunCounter.SERIES_KEPT.add(found.kept());
    RunCounter.SERIES_LEFT_OUT.add(found.series() - found.kept());
  }

  /**
   * The counts of a dataset that has series to work on.
   *
   * @throws IllegalArgumentException if no series is left, with the commonest reasons
   */
  public RowCounts requireSeries() {
    if (counts().kept() == 0) {
      String reasons = RejectReasons.top(clean.rejects());
      throw new IllegalArgumentException(
          "no usable series: "
              + counts
              + (reasons.isEmpty() ? "" : "; rows were rejected for " + reasons)
              + "; see the tables series_status and rejects");
    }
    return counts;
  }

  @Override
  public void close() {
    clean.close();
  }
}
