package io.longcast.write;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.table.ForecastsTable;
import io.longcast.table.TableShape;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("once")
class TableSinkTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("id bigint, day date, model_id string, value double, at timestamp");
  private static final TableShape DAILY =
      new TableShape("daily", SCHEMA, List.of("id", "model_id"), List.of("day"));
  private static final TableShape FLAT =
      new TableShape("flat", SCHEMA, List.of("id", "model_id"), List.of());

  private final SparkSession spark = SharedSession.get();
  @TempDir Path output;

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"orc, RENAME", "json, RENAME", "csv, RENAME", "parquet, SNAPSHOT"})
  void replacesItsOwnRowsInOtherFormats(String format, CommitProtocol publish) {
    replacesItsOwnRowsAndKeepsTheOthers(format, publish);
  }

  @ParameterizedTest
  @CsvSource({"parquet, RENAME", "csv, SNAPSHOT"})
  void replacesItsOwnRowsAndKeepsTheOthers(String format, CommitProtocol publish) {
    for (TableShape table : List.of(DAILY, FLAT)) {
      TableSink sink = sink(format, publish);
      sink.replace(rows("a", 0, 10), table, Map.of("model_id", "a"));
      sink.replace(rows("b", 0, 10), table, Map.of("model_id", "b"));
      sink.replace(rows("a", 5, 12), table, Map.of("model_id", "a"));
      sink.replace(rows("a", 5, 12), table, Map.of("model_id", "a"));
      assertThat(ids(sink, table, "a"))
          .as(table.name())
          .containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
      assertThat(ids(sink, table, "b")).hasSize(10);
      Row row = sink.read(table).where("id = 6 and model_id = 'b'").head();
      assertThat(row.getDouble(3)).isEqualTo(3.0);
      assertThat(row.getTimestamp(4).toInstant()).hasToString("2024-01-01T00:00:06Z");
      assertThat(row.getDate(1)).hasToString("2024-01-01");
    }
  }

  @Test
  @Tag("long")
  void writesAFileATaskWhereItIsAskedTo() throws IOException {
    for (FileLayout filing : FileLayout.values()) {
      TableSink sink = sink("parquet");
      sink.replace(rows("b", 0, 10), DAILY, Map.of("model_id", "b"));
      Dataset<Row> three = rows("a", 0, 9).repartition(3);
      sink.replace(three, DAILY, Map.of("model_id", "a"), filing);
      sink.replace(three, DAILY, Map.of("model_id", "a"), filing);
      assertThat(ids(sink, DAILY, "a")).hasSize(9);
      assertThat(ids(sink, DAILY, "b")).hasSize(10);
      assertThat(partFiles("day=2024-01-01")).hasSize(filing == FileLayout.BY_TASK ? 4 : 2);
    }
  }

  @Test
  void writesTimesByWhichReadersCanPassOverFiles() throws IOException {
    for (FileLayout filing : FileLayout.values()) {
      sink("parquet").replace(rows("a", 0, 3), FLAT, Map.of("model_id", "a"), filing);
      List<BlockMetaData> blocks = blocks("flat");
      assertThat(blocks).isNotEmpty();
      assertThat(blocks)
          .flatMap(BlockMetaData::getColumns)
          .filteredOn(column -> column.getPath().toDotString().equals("at"))
          .hasSameSizeAs(blocks)
          .allSatisfy(at -> assertThat(at.getStatistics().hasNonNullValue()).isTrue());
    }
  }

  /** Files of Spark's own writer hold times in its former kind, of 12 bytes. */
  @Test
  void readsTimesOfTheFormerKindBesideItsOwn() throws IOException {
    TableSink sink = sink("parquet");
    for (TableShape table : List.of(DAILY, FLAT)) {
      rows("a", 0, 10)
          .write()
          .partitionBy(table.partitions().toArray(String[]::new))
          .parquet(output.resolve(table.name()).toString());
      assertThat(kindsOfTimes(table)).containsExactly(PrimitiveTypeName.INT96);
      sink.replace(rows("b", 10, 20), table, Map.of("model_id", "b"));
      assertThat(ids(sink, table, "a")).hasSize(10);
      assertThat(sink.read(table).where("at = timestamp_seconds(1704067200 + id)").count())
          .as(table.name())
          .isEqualTo(20);
      assertThat(sink.read(table).where("at < timestamp'2024-01-01 00:00:13Z'").count())
          .as(table.name())
          .isEqualTo(13);
    }
    assertThat(kindsOfTimes(DAILY)).contains(PrimitiveTypeName.INT96, PrimitiveTypeName.INT64);
    assertThat(kindsOfTimes(FLAT)).as("rewritten").containsExactly(PrimitiveTypeName.INT64);
  }

  private Set<PrimitiveTypeName> kindsOfTimes(TableShape table) throws IOException {
    return blocks(table.name()).stream()
        .flatMap(block -> block.getColumns().stream())
        .filter(column -> column.getPath().toDotString().equals("at"))
        .map(column -> column.getPrimitiveType().getPrimitiveTypeName())
        .collect(Collectors.toSet());
  }

  /** The row groups of all files of a table; a file without rows has none. */
  private List<BlockMetaData> blocks(String table) throws IOException {
    List<BlockMetaData> blocks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(output.resolve(table))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
        try (ParquetFileReader reader =
            ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
          blocks.addAll(reader.getFooter().getBlocks());
        }
      }
    }
    return blocks;
  }

  @Test
  void rewritesTouchedPartitionsOnly() throws IOException {
    TableSink sink = sink("parquet");
    sink.replace(rows("a", 0, 20), DAILY, Map.of("model_id", "a"));
    List<String> before = partFiles("day=2024-01-01");
    sink.replace(rows("b", 10, 15), DAILY, Map.of("model_id", "b"));
    assertThat(partFiles("day=2024-01-01")).isEqualTo(before);
    assertThat(partFiles("day=2024-01-02")).isNotEmpty();
    assertThat(spark.read().parquet(output.resolve("daily").toString()).count()).isEqualTo(25);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"json, RENAME", "parquet, SNAPSHOT"})
  void mergesNewRowsInOtherFormats(String format, CommitProtocol publish) {
    mergesNewRowsIntoThePartitionsTheyLieIn(format, publish);
  }

  @ParameterizedTest
  @CsvSource({"parquet, RENAME"})
  void mergesNewRowsIntoThePartitionsTheyLieIn(String format, CommitProtocol publish) {
    TableSink sink = sink(format, publish);
    List<String> identity = List.of("id", "model_id");
    sink.merge(rows("a", 0, 25), DAILY, Map.of("model_id", "a"), identity);
    sink.merge(rows("b", 0, 15), DAILY, Map.of("model_id", "b"), identity);
    Dataset<Row> more = rows("a", 18, 35).withColumn("value", lit(-1d));
    sink.merge(more, DAILY, Map.of("model_id", "a"), identity);
    sink.merge(more, DAILY, Map.of("model_id", "a"), identity);
    assertThat(ids(sink, DAILY, "a")).isEqualTo(LongStream.range(0, 35).boxed().toList());
    assertThat(ids(sink, DAILY, "b")).isEqualTo(LongStream.range(0, 15).boxed().toList());
    assertThat(sink.read(DAILY).where("value < 0").count()).isEqualTo(17);
  }

  @Test
  void aMergeTouchesThePartitionsOfItsRowsAlone() throws IOException {
    TableSink sink = sink("parquet");
    List<String> identity = List.of("id", "model_id");
    sink.merge(rows("a", 0, 30), DAILY, Map.of("model_id", "a"), identity);
    List<String> first = partFiles("day=2024-01-01");
    List<String> third = partFiles("day=2024-01-03");
    sink.merge(rows("a", 19, 20), DAILY, Map.of("model_id", "a"), identity);
    assertThat(partFiles("day=2024-01-01")).isEqualTo(first);
    assertThat(partFiles("day=2024-01-03")).isEqualTo(third);
    sink.merge(rows("a", 0, 0), DAILY, Map.of("model_id", "a"), identity);
    assertThat(ids(sink, DAILY, "a")).hasSize(30);
  }

  /** A day is null where the data have no time. */
  @Test
  void aMergeTakesNullForAValue() {
    TableSink sink = sink("parquet");
    Dataset<Row> undated = rows("a", 0, 3).withColumn("day", lit(null).cast("date"));
    for (int run = 0; run < 2; run++) {
      sink.merge(undated, DAILY, Map.of("model_id", "a"), List.of("id", "day", "model_id"));
    }
    assertThat(ids(sink, DAILY, "a")).containsExactly(0L, 1L, 2L);
  }

  @ParameterizedTest
  @EnumSource(
      value = CommitProtocol.class,
      names = {"RENAME", "SNAPSHOT"})
  void deletesWholePartitions(CommitProtocol publish) {
    TableSink sink = sink("parquet", publish);
    sink.replace(rows("a", 0, 30), DAILY, Map.of("model_id", "a"));
    assertThat(sink.deletePartitions(DAILY, name -> name.compareTo("day=2024-01-03") < 0))
        .containsExactly("day=2024-01-01", "day=2024-01-02");
    assertThat(sink.partitions(DAILY)).containsExactly("day=2024-01-03");
    assertThat(ids(sink, DAILY, "a")).hasSize(10).startsWith(20L);
  }

  @Test
  void refusesATableWithPartitionsOfAnotherVersion() {
    sink("parquet").replace(rows("a", 0, 10), DAILY, Map.of("model_id", "a"));
    TableShape now =
        new TableShape("daily", SCHEMA, List.of("id", "model_id"), List.of("model_id", "day"));
    assertThatThrownBy(() -> sink("parquet").replace(rows("a", 0, 3), now, Map.of("model_id", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "was written by another version: expected partitions by [model_id, day]")
        .hasMessageContaining("found day=2024-01-01; move it away");
  }

  /** A table by its folder, whose model has an id of digits. */
  @Test
  void readsAnIdOfDigitsAsText() {
    TableShape table =
        new TableShape("models", SCHEMA, List.of("id", "model_id"), List.of("model_id", "day"));
    sink("parquet")
        .replace(rows("0123456789012345", 0, 3), table, Map.of("model_id", "0123456789012345"));
    Row row = TableReader.load(spark, "parquet", output.resolve("models").toString()).head();
    assertThat(row.<String>getAs("model_id")).isEqualTo("0123456789012345");
  }

  @Test
  void anEmptyRunRemovesItsFormerRows() {
    TableSink sink = sink("parquet");
    for (TableShape table : List.of(DAILY, FLAT)) {
      sink.replace(rows("a", 0, 10), table, Map.of("model_id", "a"));
      sink.replace(rows("b", 0, 10), table, Map.of("model_id", "b"));
      sink.replace(rows("a", 0, 0), table, Map.of("model_id", "a"));
      assertThat(ids(sink, table, "a")).isEmpty();
      assertThat(ids(sink, table, "b")).hasSize(10);
    }
  }

  @Test
  void writesFewFilesFromManyPartitions() throws IOException {
    TableSink sink = sink("parquet");
    sink.replace(rows("a", 0, 2000).repartition(50), DAILY, Map.of("model_id", "a"));
    assertThat(partFiles("day=2024-01-01")).hasSize(1);
    sink.replace(rows("a", 0, 2000).repartition(50), FLAT, Map.of("model_id", "a"));
    try (var files = Files.list(output.resolve("flat"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".parquet"))).hasSize(1);
    }
  }

  @Test
  void aFailingRunLeavesTheOldRows() throws IOException {
    TableSink sink = sink("parquet");
    sink.replace(rows("a", 0, 10), DAILY, Map.of("model_id", "a"));
    Dataset<Row> failing =
        rows("a", 0, 10)
            .withColumn("value", org.apache.spark.sql.functions.expr("raise_error('boom')"))
            .withColumn("value", org.apache.spark.sql.functions.col("value").cast("double"));
    assertThatThrownBy(() -> sink.replace(failing, DAILY, Map.of("model_id", "a")))
        .hasStackTraceContaining("boom");
    assertThat(ids(sink, DAILY, "a")).hasSize(10);
    try (var files = Files.list(output)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("daily");
    }
  }

  @Test
  void refusesRowsOfAnotherRunAndRowsOfAnotherShape() {
    TableSink sink = sink("parquet");
    assertThatThrownBy(() -> sink.replace(rows("b", 0, 3), DAILY, Map.of("model_id", "a")))
        .hasStackTraceContaining("a row to write must carry model_id = a, found b");
    assertThatThrownBy(
            () -> sink.replace(rows("a", 0, 3).drop("value"), DAILY, Map.of("model_id", "a")))
        .hasMessageContaining("not a table of daily: column value (double) is missing");
    assertThatThrownBy(() -> sink.replace(rows("a", 0, 3), DAILY, Map.of()))
        .hasMessageContaining("needs the run's keys");
    assertThatThrownBy(
            () ->
                sink("csv")
                    .replace(
                        spark.createDataFrame(List.<Row>of(), ForecastsTable.SCHEMA),
                        ForecastsTable.TABLE,
                        Map.of("model_id", "a")))
        .hasMessageContaining("format csv cannot hold column quantiles");
  }

  @Test
  void refusesAnUnwritableOutputBeforeAnyWork() throws IOException {
    Path file = Files.writeString(output.resolve("file"), "");
    OutputSpec spec =
        new OutputSpec(
            file.resolve("out").toString(), "parquet", Map.of(), CommitProtocol.AUTO, 1 << 20);
    assertThatThrownBy(() -> TableSink.open(spark, spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot write to " + file.resolve("out"))
        .hasMessageEndingWith("(key output.path)");
  }

  @Test
  void refusesATableOfTheOtherMannerBeforeAnyWork() throws IOException {
    Path rows = Files.createDirectories(output.resolve("metrics")).resolve("part-1.parquet");
    Files.writeString(rows, "");
    assertThatThrownBy(() -> sink("parquet", CommitProtocol.SNAPSHOT))
        .hasMessageContaining(
            "metrics contains plain files: write it with output.commitProtocol = rename");
    Files.delete(rows);
    Files.writeString(output.resolve("metrics").resolve("_current"), "1");
    assertThatThrownBy(() -> sink("parquet", CommitProtocol.RENAME))
        .hasMessageContaining("metrics is published by snapshots");
  }

  @Test
  void refusesSnapshotsOverAHalfSwappedTable() throws IOException {
    for (String mark : List.of(".swap", ".journal")) {
      Path left = Files.createDirectory(output.resolve(".daily" + mark));
      TableSink sink = sink("parquet", CommitProtocol.SNAPSHOT);
      assertThatThrownBy(() -> sink.replace(rows("a", 0, 3), DAILY, Map.of("model_id", "a")))
          .hasMessageContaining("daily was left incomplete")
          .hasMessageContaining(".daily" + mark + " is beside it")
          .hasMessageContaining("run once with output.commitProtocol = rename");
      Files.delete(left);
    }
    Files.createDirectory(output.resolve(".metrics.swap"));
    assertThatThrownBy(() -> sink("parquet", CommitProtocol.SNAPSHOT))
        .hasMessageContaining("metrics was left incomplete");
  }

  @Test
  void refusesRenamesOnAnObjectStore() {
    CopyingStore.mount(spark.sparkContext().hadoopConfiguration());
    OutputSpec spec =
        new OutputSpec("s3a://bucket/out", "parquet", Map.of(), CommitProtocol.RENAME, 1 << 20);
    assertThatThrownBy(() -> TableSink.open(spark, spec))
        .hasMessageStartingWith(
            "cannot swap tables by renames in s3a://bucket/out: on s3a a folder")
        .hasMessageContaining("choose output.commitProtocol = snapshot");
  }

  @Test
  void saysThatDeltaIsNotThere() {
    assertThatThrownBy(() -> TableFormat.requireDelta(ClassLoader.getPlatformClassLoader()))
        .hasMessageContaining("needs Delta on the class path");
  }

  @Test
  void readsNothingWhereNothingWasWritten() {
    assertThat(sink("parquet").read(DAILY).count()).isZero();
  }

  private TableSink sink(String format) {
    return sink(format, CommitProtocol.AUTO);
  }

  private TableSink sink(String format, CommitProtocol publish) {
    return TableSink.open(
        spark,
        new OutputSpec(
            output.toString() + (format.equals("parquet") ? "" : "/" + format),
            format,
            Map.of(),
            publish,
            1 << 20));
  }

  private Dataset<Row> rows(String model, int from, int to) {
    return spark.sql(
        ("select id, date_add(date'2024-01-01', cast(id div 10 as int)) day, '%s' model_id, id / 2d value,"
                + " timestamp_seconds(1704067200 + id) at from range(%d, %d, 1, 3)")
            .formatted(model, from, to));
  }

  private static List<Long> ids(TableSink sink, TableShape table, String model) {
    return sink
        .read(table)
        .where("model_id = '" + model + "'")
        .orderBy("id")
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  private List<String> partFiles(String partition) throws IOException {
    try (var files = Files.list(output.resolve("daily").resolve(partition))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .sorted()
          .toList();
    }
  }
}
