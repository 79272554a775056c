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
 * <p>On file systems with an atomic rename, see {@link FolderSwap} for what readers see and what a
 * killed writer leaves. Only partitions that gain or lose rows are rewritten. One writer a table at
 * a time. With {@code format = delta} Delta's own log does all this, on any storage.
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
   * Opens an output before any work starts: checks that it can be written to and finishes or undoes
   * what a killed writer left.
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
    if (swap(table).recover()) {
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
    requireKeys(table, keys);
    format.requireHolds(table);
    Dataset<Row> fresh = guarded(table.select(rows), keys);
    if (output.isDelta()) {
      format.replaceInDelta(fresh, table, condition(keys));
      return;
    }
    FolderSwap swap = swap(table.name());
    swap.recover();
    Path staging = swap.staging();
    Path folder = folder(table.name());
    try {
      format.write(fresh, table, staging);
      if (table.partitions().isEmpty()) {
        keepOthers(table, keys, List.of(""), staging);
        swap.replace(staging);
      } else {
        List<String> touched = touched(table, keys, staging);
        keepOthers(table, keys, touched, staging);
        if (!touched.isEmpty()) {
          swap.replace(staging, touched);
        }
      }
    } finally {
      discard(staging, folder);
    }
  }

  /** After a failure the staged rows are refuse; after a death the next start finds them so. */
  private void discard(Path staging, Path folder) {
    Path journal = new Path(folder.getParent(), "." + folder.getName() + ".journal");
    if (!files.exists(journal)) {
      files.delete(staging);
    }
  }

  /**
   * The rows of a table as they stand; none where it was never written.
   *
   * @throws IllegalStateException if a killed writer left it half-way, which the next {@link #open}
   *     settles
   */
  public Dataset<Row> read(TableShape table) {
    Path folder = folder(table.name());
    if (output.isDelta()) {
      return format.readDelta(table);
    }
    if (files.exists(new Path(folder.getParent(), "." + table.name() + ".swap"))) {
      throw new IllegalStateException(
          folder + " is being swapped, or its writer was killed: the next write settles it");
    }
    List<String> leaves = files.leaves(folder);
    return leaves.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), table.schema())
        : format.read(table, folder, List.of(""));
  }

  private List<String> touched(TableShape table, Map<String, String> keys, Path staging) {
    Set<String> touched = new TreeSet<>(files.leaves(staging));
    Path folder = folder(table.name());
    if (!files.leaves(folder).isEmpty()) {
      format
          .read(table, folder, List.of(""))
          .where(matches(keys))
          .select(input_file_name())
          .distinct()
          .collectAsList()
          .forEach(row -> touched.add(partition(folder, row.getString(0))));
    }
    return new ArrayList<>(touched);
  }

  private String partition(Path folder, String file) {
    String parent = new Path(java.net.URI.create(file)).getParent().toUri().getPath();
    return parent.substring(files.qualified(folder).toUri().getPath().length() + 1);
  }

  /** Adds the rows of other runs in the touched partitions to what is staged. */
  private void keepOthers(
      TableShape table, Map<String, String> keys, List<String> touched, Path staging) {
    Path folder = folder(table.name());
    Set<String> there = new TreeSet<>(files.leaves(folder));
    List<String> old = touched.stream().filter(there::contains).toList();
    if (!old.isEmpty()) {
      Column others = org.apache.spark.sql.functions.not(matches(keys));
      format.write(format.read(table, folder, old).where(others), table, staging);
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

  private FolderSwap swap(String table) {
    return new FolderSwap(files, folder(table), reached);
  }

  private Path folder(String table) {
    return new Path(output.table(table));
  }
}
