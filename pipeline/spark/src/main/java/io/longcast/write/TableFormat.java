package io.longcast.write;

import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.sparkinternals.EngineSql;
import io.longcast.sparkinternals.SparkBuild;
import io.longcast.table.TableShape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Rows to sized files of a format and back. */
final class TableFormat {
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String COALESCE = "spark.sql.adaptive.coalescePartitions.enabled";
  private static final String PARALLELISM_FIRST =
      "spark.sql.adaptive.coalescePartitions.parallelismFirst";
  private static final String TARGET = "spark.sql.adaptive.advisoryPartitionSizeInBytes";

  /** Files a task may hold open; up to so many table partitions need no sorting of its rows. */
  private static final String WRITERS = "spark.sql.maxConcurrentOutputFileWriters";

  /**
   * How Parquet holds times. Spark's own default, 12 bytes, is slow to write and has no statistics
   * by which a reader could pass over files.
   */
  private static final String TIMESTAMPS = "spark.sql.parquet.outputTimestampType";

  private static final String MICROS = "TIMESTAMP_MICROS";

  private static final String MOST_RECORDS = "maxRecordsPerFile";
  private static final int LEAST_ROW_BYTES = 32;

  /** Tables up to this size are written by one task without a shuffle. */
  private static final long ONE_TASK_BYTES = 16L << 20;

  private static final String SUCCESS_FILES = "mapreduce.fileoutputcommitter.marksuccessfuljobs";

  private final SparkSession spark;
  private final OutputSpec output;

  TableFormat(SparkSession spark, OutputSpec output) {
    this.spark = spark;
    this.output = output;
  }

  /** Refuses nested columns where the format has only flat ones. */
  void requireHolds(TableShape table) {
    if (!output.format().toLowerCase(Locale.ROOT).equals("csv")) {
      return;
    }
    for (StructField field : table.schema().fields()) {
      boolean nested =
          field.dataType() instanceof ArrayType
              || field.dataType() instanceof MapType
              || field.dataType() instanceof StructType;
      if (nested) {
        throw new SettingException(
            "output.format",
            "format csv cannot hold column %s (%s) of %s; choose parquet, orc or json"
                .formatted(field.name(), field.dataType().simpleString(), table.name()));
      }
    }
  }

  /** Adds rows to a folder. */
  void write(Dataset<Row> rows, TableShape table, Path folder, FileLayout filing) {
    if (filing == FileLayout.BY_TASK) {
      writeByTask(rows, table, folder);
    } else if (filing == FileLayout.ONE_TASK || EngineSql.estimatedBytes(rows) <= oneTaskBytes()) {
      writeByTask(rows.coalesce(1), table, folder);
    } else {
      writeSized(rows, table, folder);
    }
  }

  private long oneTaskBytes() {
    return Math.min(ONE_TASK_BYTES, output.targetFileBytes());
  }

  private void writeByTask(Dataset<Row> rows, TableShape table, Path folder) {
    withSettings(Map.of(WRITERS, "16", TIMESTAMPS, MICROS), () -> save(rows, table, folder));
  }

  /**
   * Spark's adaptive execution merges small partitions and splits large ones towards the target
   * size, keeping each table partition together.
   */
  private void writeSized(Dataset<Row> rows, TableShape table, Path folder) {
    String view = "longcast_" + UUID.randomUUID().toString().replace('-', '_');
    // The rows may be of another session, such as a copy that reads a source with settings of its
    // own.
    EngineSession.in(spark, rows).createOrReplaceTempView(view);
    try {
      withSettings(sizing(), () -> save(spark.sql(rebalanced(view, table)), table, folder));
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  private void save(Dataset<Row> rows, TableShape table, Path folder) {
    writer(rows, table)
        .option(SUCCESS_FILES, "false")
        .option(MOST_RECORDS, Long.toString(output.targetFileBytes() / LEAST_ROW_BYTES))
        .mode(SaveMode.Append)
        .save(folder.toString());
  }

  private static String rebalanced(String view, TableShape table) {
    String together =
        table.partitions().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    return "select /*+ rebalance"
        + (together.isEmpty() ? "" : "(" + together + ")")
        + " */ * from "
        + view;
  }

  /** Stored rows in the table's shape. */
  Dataset<Row> read(TableShape table, TableFolder.Stored stored) {
    return reader()
        .schema(table.schema())
        .option("basePath", stored.base().toString())
        .load(stored.paths().stream().map(Path::toString).toArray(String[]::new))
        .select(columns(table));
  }

  /** The rows that a write has staged. */
  Dataset<Row> staged(TableShape table, Path staging) {
    return read(table, new TableFolder.Stored(staging, List.of(staging)));
  }

  /** The rows that agree with none of some others in the columns of an identity. */
  static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> others, List<String> identity) {
    return join(rows, others, identity, "left_anti");
  }

  private static Dataset<Row> join(
      Dataset<Row> rows, Dataset<Row> others, List<String> identity, String kind) {
    Column[] columns = identity.stream().map(functions::col).toArray(Column[]::new);
    boolean few = EngineSql.estimatedBytes(others) <= ONE_TASK_BYTES;
    Dataset<Row> keys = (few ? others.coalesce(1) : others).select(columns).distinct();
    Column same =
        identity.stream()
            .map(name -> rows.col(name).eqNullSafe(keys.col(name)))
            .reduce(Column::and)
            .orElseThrow();
    return rows.join(keys, same, kind);
  }

  /** The rows that agree with one of some others in the columns of an identity. */
  private static Dataset<Row> within(
      Dataset<Row> rows, Dataset<Row> others, List<String> identity) {
    return join(rows, others, identity, "left_semi");
  }

  /** Puts rows in place of those that agree with them, in one commit of Delta's log. */
  void mergeInDelta(Dataset<Row> rows, TableShape table, List<String> identity, boolean exists) {
    requireDelta();
    Dataset<Row> fresh = rows.persist(StorageLevel.DISK_ONLY());
    try {
      Dataset<Row> all = fresh;
      if (exists) {
        Dataset<Row> old = readDelta(table);
        Dataset<Row> touched = within(old, fresh, table.partitions());
        all = fresh.unionByName(without(touched, fresh, identity));
      }
      writer(all, table)
          .mode(SaveMode.Overwrite)
          .option("partitionOverwriteMode", "dynamic")
          .save(output.table(table.name()));
    } finally {
      fresh.unpersist();
    }
  }

  /** Replaces the rows that meet a condition in one commit of Delta's log. */
  void replaceInDelta(Dataset<Row> rows, TableShape table, String condition) {
    requireDelta();
    writer(rows, table)
        .mode(SaveMode.Overwrite)
        .option("replaceWhere", condition)
        .option("mergeSchema", "true")
        .save(output.table(table.name()));
  }

  /** Refuses Delta where it is not on the class path. */
  static void requireDelta() {
    requireDelta(Thread.currentThread().getContextClassLoader());
  }

  static void requireDelta(ClassLoader loader) {
    if (loader.getResource("io/delta/sql/DeltaSparkSessionExtension.class") == null) {
      throw new IllegalArgumentException(
          "output.format = delta needs Delta on the class path (spark-submit --packages "
              + SparkBuild.deltaPackage()
              + ")");
    }
  }

  /** The rows of a Delta table. */
  Dataset<Row> readDelta(TableShape table) {
    return reader().load(output.table(table.name())).select(columns(table));
  }

  private DataFrameWriter<Row> writer(Dataset<Row> rows, TableShape table) {
    return rows.write()
        .format(output.format())
        .options(options())
        .partitionBy(table.partitions().toArray(String[]::new));
  }

  private DataFrameReader reader() {
    return spark.read().format(output.format()).options(options());
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    if (output.format().toLowerCase(Locale.ROOT).equals("csv")) {
      options.put("header", "true");
    }
    options.putAll(output.options());
    return options;
  }

  private static Column[] columns(TableShape table) {
    return Arrays.stream(table.schema().fieldNames()).map(functions::col).toArray(Column[]::new);
  }

  private Map<String, String> sizing() {
    return Map.of(
        ADAPTIVE, "true",
        COALESCE, "true",
        TIMESTAMPS, MICROS,
        PARALLELISM_FIRST, "false",
        TARGET, Long.toString(output.targetFileBytes()));
  }

  private void withSettings(Map<String, String> settings, Runnable write) {
    withSettings(
        spark,
        settings,
        () -> {
          write.run();
          return null;
        });
  }

  /** Reads or writes with settings of the session, and sets them back. */
  static <T> T withSettings(SparkSession spark, Map<String, String> settings, Supplier<T> work) {
    Map<String, String> before = new HashMap<>();
    settings.forEach((key, value) -> before.put(key, spark.conf().get(key, null)));
    try {
      settings.forEach((key, value) -> spark.conf().set(key, value));
      return work.get();
    } finally {
      before.forEach((key, value) -> restore(spark, key, value));
    }
  }

  private static void restore(SparkSession spark, String key, String value) {
    if (value == null) {
      spark.conf().unset(key);
    } else {
      spark.conf().set(key, value);
    }
  }
}
