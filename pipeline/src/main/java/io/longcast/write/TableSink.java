package io.longcast.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.longcast.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes tables so that they change whole or not at all, and reads them back.
 *
 * <p>On file systems with an atomic rename a table is a plain folder, see {@link FolderSwap} for
 * what readers see and what a killed writer leaves; elsewhere, or where it is asked for, a list of
 * files, see {@link SnapshotFolder}. Only partitions that gain or lose rows are rewritten. One
 * writer a table at a time. With {@code format = delta} Delta's own log does all this.
 */
public final class TableSink {
  private static final Logger LOG = LoggerFactory.getLogger(TableSink.class);

  private final SparkSession spark;
  private final OutputSpec output;
  private final FolderSystem files;
  private final TableFormat format;
  private final Consumer<SwapStep> reached;

  private TableSink(SparkSession spark, OutputSpec output, Consumer<SwapStep> reached) {
    this.spark = spark;
    this.output = output;
    this.files = FolderSystem.of(spark.sessionState().newHadoopConf(), new Path(output.path()));
    this.format = new TableFormat(spark, output);
    this.reached = reached;
  }

  /**
   * Opens an output before any work starts: checks that it can be written to and that no table lies
   * there in another manner, and finishes or undoes what a killed writer left.
   *
   * @throws IllegalArgumentException if the output cannot be written to, or not safely; the message
   *     says why
   */
  public static TableSink open(SparkSession spark, OutputSpec output) {
    return open(spark, output, step -> {});
  }

  /** Opens an output with a listener that may end the process at a step; for tests. */
  static TableSink open(SparkSession spark, OutputSpec output, Consumer<SwapStep> reached) {
    TableSink sink = new TableSink(spark, output, reached);
    OutputCheck check = new OutputCheck(sink.files, output);
    check.requireSafe();
    check.requireWritable();
    if (!output.isDelta()) {
      check.tables().forEach(table -> sink.folder(table).requireManner());
    }
    if (!output.isDelta() && !sink.publishesSnapshots()) {
      sink.recover();
    }
    return sink;
  }

  private void recover() {
    files.list(new Path(output.path())).stream()
        .map(entry -> FolderSwap.folderOf(entry.getPath().getName()))
        .flatMap(Optional::stream)
        .distinct()
        .forEach(this::recover);
  }

  private void recover(String table) {
    if (folder(table).settle()) {
      LOG.warn("finished the write of {} that a killed run had begun", table);
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
   */
  public void replace(Dataset<Row> rows, TableShape table, Map<String, String> keys) {
    replace(rows, table, keys, Filing.SIZED);
  }

  /** The same with a say in how the new rows come into files. */
  public void replace(
      Dataset<Row> rows, TableShape table, Map<String, String> keys, Filing filing) {
    requireKeys(table, keys);
    format.requireHolds(table);
    Dataset<Row> fresh = guarded(table.select(rows), keys);
    if (output.isDelta()) {
      format.replaceInDelta(fresh, table, condition(keys));
      return;
    }
    TableFolder folder = folder(table.name());
    folder.settle();
    Path staging = folder.staging();
    try {
      format.write(fresh, table, staging, filing);
      List<String> touched = touched(table, keys, folder, staging);
      keepOthers(table, keys, folder, touched, staging);
      if (!touched.isEmpty()) {
        folder.publish(staging, touched);
      }
    } finally {
      folder.discard(staging);
    }
  }

  /** The rows of a table as they stand, see {@link TableReader#read}. */
  public Dataset<Row> read(TableShape table) {
    return new TableReader(spark, output).read(table);
  }

  /** Partitions that gain or lose rows. */
  private List<String> touched(
      TableShape table, Map<String, String> keys, TableFolder folder, Path staging) {
    if (table.partitions().isEmpty()) {
      return List.of("");
    }
    Set<String> touched = new TreeSet<>(files.leaves(staging));
    TableFolder.Stored before = folder.all();
    if (!before.paths().isEmpty()) {
      format
          .read(table, before)
          .where(matches(keys))
          .select(input_file_name())
          .distinct()
          .collectAsList()
          .forEach(row -> touched.add(folder.partition(row.getString(0))));
    }
    return new ArrayList<>(touched);
  }

  /** Adds the rows of other runs in the touched partitions to what is staged. */
  private void keepOthers(
      TableShape table,
      Map<String, String> keys,
      TableFolder folder,
      List<String> touched,
      Path staging) {
    Set<String> there = new TreeSet<>(folder.partitions());
    List<String> old = touched.stream().filter(there::contains).toList();
    if (!old.isEmpty()) {
      Column others = org.apache.spark.sql.functions.not(matches(keys));
      format.write(format.read(table, folder.of(old)).where(others), table, staging, Filing.SIZED);
    }
  }

  private static Column matches(Map<String, String> keys) {
    Column all = lit(true);
    for (Map.Entry<String, String> key : new TreeMap<>(keys).entrySet()) {
      all = all.and(col(key.getKey()).eqNullSafe(lit(key.getValue())));
    }
    return all;
  }

  private static String condition(Map<String, String> keys) {
    return new TreeMap<>(keys)
        .entrySet().stream()
            .map(key -> "`%s` = '%s'".formatted(key.getKey(), key.getValue().replace("'", "\\'")))
            .collect(Collectors.joining(" AND "));
  }

  /** The rows, failing at the first one that does not carry the keys. */
  private static Dataset<Row> guarded(Dataset<Row> rows, Map<String, String> keys) {
    Dataset<Row> guarded = rows;
    for (Map.Entry<String, String> key : keys.entrySet()) {
      Column value = col(key.getKey());
      Column message =
          concat(
              lit(
                  "a row to write must carry "
                      + key.getKey()
                      + " = "
                      + key.getValue()
                      + ", found "),
              org.apache.spark.sql.functions.coalesce(value, lit("null")));
      guarded =
          guarded.withColumn(
              key.getKey(),
              when(value.eqNullSafe(lit(key.getValue())), value)
                  .otherwise(raise_error(message).cast(DataTypes.StringType)));
    }
    return guarded;
  }

  private static void requireKeys(TableShape table, Map<String, String> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "a write to " + table.name() + " needs the run's keys, found none");
    }
    for (String key : keys.keySet()) {
      if (table.schema().getFieldIndex(key).isEmpty()
          || !table.schema().apply(key).dataType().equals(DataTypes.StringType)) {
        throw new IllegalArgumentException(
            "key " + key + " must be a text column of " + table.name());
      }
    }
  }

  private TableFolder folder(String table) {
    Path folder = new Path(output.table(table));
    return publishesSnapshots()
        ? new SnapshotFolder(files, folder, reached)
        : new SwappedFolder(files, folder, reached);
  }

  private boolean publishesSnapshots() {
    return output.publish() == Publish.SNAPSHOT
        || output.publish() == Publish.AUTO && !files.hasAtomicRename();
  }
}
