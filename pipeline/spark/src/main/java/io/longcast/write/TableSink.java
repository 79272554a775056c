package io.longcast.write;

import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.not;

import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.TableShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes tables so that they change whole or not at all, and reads them back.
 *
 * <p>On file systems with an atomic rename a table is a plain folder, see {@link FolderSwap} for
 * what readers see and what a killed writer leaves; elsewhere, or where it is requested, a list of
 * files, see {@link SnapshotFolder}. Only partitions that gain or lose rows are rewritten. One
 * writer a table at a time, see {@link WriterLock}. With {@code format = delta} Delta's own log
 * does all this.
 */
public final class TableSink {
  private static final Logger LOG = LoggerFactory.getLogger(TableSink.class);

  private final SparkSession spark;
  private final OutputSpec output;
  private final FolderSystem files;
  private final TableFormat format;
  private final Consumer<SwapStep> reached;
  private final Duration patience;

  private TableSink(
      SparkSession spark, OutputSpec output, Consumer<SwapStep> reached, Duration patience) {
    this.spark = spark;
    this.output = output;
    this.files = FolderSystem.of(EngineSession.hadoopConf(spark), new Path(output.path()));
    this.format = new TableFormat(spark, output);
    this.reached = reached;
    this.patience = patience;
  }

  /**
   * Opens an output before any work starts: checks that it can be written to and that no table lies
   * there in another manner, and finishes or undoes what a killed writer left.
   *
   * @param more tables of the caller beside those that every run may write
   * @throws IllegalArgumentException if the output cannot be written to, or not safely; the message
   *     says why
   */
  public static TableSink open(SparkSession spark, OutputSpec output, TableShape... more) {
    return open(spark, output, step -> {}, WriterLock.PATIENCE, more);
  }

  /** Opens an output with a listener that may end the process at a step; for tests. */
  static TableSink open(
      SparkSession spark,
      OutputSpec output,
      Consumer<SwapStep> reached,
      Duration patience,
      TableShape... more) {
    TableSink sink = new TableSink(spark, output, reached, patience);
    OutputCheck check = new OutputCheck(sink.files, output);
    check.requireSafe();
    check.requireWritable();
    if (!output.isDelta()) {
      check.tables(more).forEach(table -> sink.folder(table).requireManner());
    }
    if (!output.isDelta() && !TableFolder.isSnapshot(sink.files, output.commitProtocol())) {
      check.leftOver(more).forEach(sink::recover);
    }
    return sink;
  }

  /** Leaves a table alone that another run is writing. */
  private void recover(String table) {
    Optional<WriterLock> taken = WriterLock.tryTake(files, path(table));
    if (taken.isEmpty()) {
      LOG.info("{} is being written by another run", table);
      return;
    }
    try (WriterLock lock = taken.get()) {
      lock.requireHeld();
      if (folder(table).settle()) {
        LOG.warn("finished the write of {} that a killed run had begun", table);
      }
    }
  }

  /**
   * Replaces the rows of a table that carry the run's keys by new ones and keeps all others. The
   * rows are computed once; one shuffle sizes the files.
   *
   * @param rows the new rows; every one carries the keys
   * @param table the table's shape; the rows must have its columns
   * @param keys column and value, such as {@code model_id}
   * @throws IllegalArgumentException if columns are missing or the format cannot hold one
   * @throws IllegalStateException if another run writes the table and does not end
   */
  public void replace(Dataset<Row> rows, TableShape table, Map<String, String> keys) {
    replace(rows, table, keys, FileLayout.SIZED);
  }

  /** The same with a say in how the new rows come into files. */
  public void replace(
      Dataset<Row> rows, TableShape table, Map<String, String> keys, FileLayout filing) {
    RunKeys run = RunKeys.of(table, keys);
    format.requireHolds(table);
    Dataset<Row> fresh = run.guard(table.select(rows));
    if (output.isDelta()) {
      format.replaceInDelta(fresh, table, run.condition());
      return;
    }
    write(
        fresh,
        table,
        filing,
        (folder, staging) -> touched(table, run, folder, staging),
        (old, staging) -> old.where(not(run.matches())));
  }

  /**
   * Replaces the rows of a table that agree with a new row in some columns, adds the other new rows
   * and keeps all others. Only partitions with new rows are read and rewritten, so the cost does
   * not grow with the table. The rows are computed once; one shuffle sizes the files, another one
   * finds the rows that are replaced.
   *
   * @param keys column and value of every new row, such as {@code model_id}
   * @param identity columns, null being a value; rows that agree in them lie in one partition
   * @throws IllegalArgumentException if the table has no partitions or the rows do not fit it
   * @throws IllegalStateException if another run writes the table and does not end
   */
  public void merge(
      Dataset<Row> rows,
      TableShape table,
      Map<String, String> keys,
      List<String> identity,
      FileLayout filing) {
    RunKeys run = RunKeys.of(table, keys);
    format.requireHolds(table);
    requirePartitions(table);
    Dataset<Row> fresh = run.guard(table.select(rows));
    if (output.isDelta()) {
      format.mergeInDelta(fresh, table, identity, has(table));
      return;
    }
    write(
        fresh,
        table,
        filing,
        (folder, staging) -> files.leaves(staging),
        (old, staging) -> TableFormat.without(old, format.staged(table, staging), identity));
  }

  /** The same in sized files. */
  public void merge(
      Dataset<Row> rows, TableShape table, Map<String, String> keys, List<String> identity) {
    merge(rows, table, keys, identity, FileLayout.SIZED);
  }

  private static void requirePartitions(TableShape table) {
    if (table.partitions().isEmpty()) {
      throw new IllegalArgumentException("table " + table.name() + " has no partitions to merge");
    }
  }

  /** Which partitions a write touches, once its rows are staged. */
  private interface Touched {
    List<String> of(TableFolder folder, Path staging);
  }

  /** Which of the rows in touched partitions stay. */
  private interface Staying {
    Dataset<Row> of(Dataset<Row> old, Path staging);
  }

  private void write(
      Dataset<Row> fresh, TableShape table, FileLayout filing, Touched touches, Staying staying) {
    TableFolder folder = folder(table.name());
    try (WriterLock lock = WriterLock.take(files, path(table.name()), patience)) {
      folder.settle();
      requireLayout(table, folder);
      Path staging = folder.staging();
      try {
        List<String> touched = stage(fresh, table, folder, staging, filing, touches, staying);
        lock.requireHeld();
        if (!touched.isEmpty()) {
          folder.publish(staging, touched);
        }
      } finally {
        folder.discard(staging);
      }
    }
  }

  /** Refuses a table that an earlier version partitioned by other columns. */
  private void requireLayout(TableShape table, TableFolder folder) {
    for (String partition : folder.partitions()) {
      List<String> found =
          Stream.of(partition.split("/"))
              .filter(level -> !level.isEmpty())
              .map(level -> level.substring(0, Math.max(0, level.indexOf('='))))
              .toList();
      if (!found.equals(table.partitions())) {
        throw new SettingException(
            "output.path",
            "table %s was written by another version: expected partitions by %s, found %s; move it"
                    .formatted(output.table(table.name()), table.partitions(), partition)
                + " away, or write to another folder");
      }
    }
  }

  /**
   * Deletes whole partitions of a table.
   *
   * @param old true for the partitions to delete, given as {@code column=value/column=value}
   * @return those deleted
   */
  public List<String> deletePartitions(TableShape table, Predicate<String> old) {
    requirePartitions(table);
    TableFolder folder = folder(table.name());
    try (WriterLock lock = WriterLock.take(files, path(table.name()), patience)) {
      folder.settle();
      List<String> gone = folder.partitions().stream().filter(old).sorted().toList();
      if (!gone.isEmpty()) {
        Path staging = folder.staging();
        try {
          lock.requireHeld();
          folder.publish(staging, gone);
        } finally {
          folder.discard(staging);
        }
      }
      return gone;
    }
  }

  /** The partitions of a table, as {@code column=value/column=value}. */
  public List<String> partitions(TableShape table) {
    return folder(table.name()).partitions().stream().sorted().toList();
  }

  /** Whether there is a table, of this run or of others. */
  public boolean has(TableShape table) {
    return files.exists(path(table.name()));
  }

  /** The rows of a table as they stand, see {@link TableReader#read}. */
  public Dataset<Row> read(TableShape table) {
    return new TableReader(spark, output).read(table);
  }

  /**
   * Writes what is to stand in the partitions that gain or lose rows, and returns these. A table
   * without partitions is written at once; of others the new rows say which partitions they touch.
   */
  private List<String> stage(
      Dataset<Row> fresh,
      TableShape table,
      TableFolder folder,
      Path staging,
      FileLayout filing,
      Touched touches,
      Staying staying) {
    if (table.partitions().isEmpty()) {
      Dataset<Row> all =
          others(table, folder, List.of(""))
              .map(old -> EngineSession.in(spark, fresh).union(staying.of(old, staging)))
              .orElse(fresh);
      format.write(all, table, staging, filing);
      return List.of("");
    }
    format.write(fresh, table, staging, filing);
    List<String> touched = touches.of(folder, staging);
    others(table, folder, touched)
        .map(old -> staying.of(old, staging))
        .ifPresent(others -> format.write(others, table, staging, FileLayout.SIZED));
    return touched;
  }

  /** Partitions that gain or lose rows; only those that gain none are looked into. */
  private List<String> touched(TableShape table, RunKeys keys, TableFolder folder, Path staging) {
    Set<String> touched = new TreeSet<>(files.leaves(staging));
    List<String> others =
        folder.partitions().stream().filter(partition -> !touched.contains(partition)).toList();
    if (!others.isEmpty()) {
      format
          .read(table, folder.of(others))
          .where(keys.matches())
          .select(input_file_name())
          .distinct()
          .collectAsList()
          .forEach(row -> touched.add(folder.partition(row.getString(0))));
    }
    return new ArrayList<>(touched);
  }

  /** The rows of the touched partitions that are there; empty where none is. */
  private Optional<Dataset<Row>> others(
      TableShape table, TableFolder folder, List<String> touched) {
    Set<String> there = new TreeSet<>(folder.partitions());
    List<String> old = touched.stream().filter(there::contains).toList();
    return old.isEmpty() ? Optional.empty() : Optional.of(format.read(table, folder.of(old)));
  }

  private TableFolder folder(String table) {
    return TableFolder.at(files, path(table), output.commitProtocol(), reached);
  }

  private Path path(String table) {
    return new Path(output.table(table));
  }
}
