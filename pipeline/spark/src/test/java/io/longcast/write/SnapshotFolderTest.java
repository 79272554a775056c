package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.FolderSystem;
import io.longcast.table.TableShape;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables on a store where a rename copies, written by model a, then b, then a again. */
@Tag("once")
class SnapshotFolderTest {
  private static final TableShape TABLE =
      new TableShape(
          "t",
          StructType.fromDDL("id bigint, day date, model_id string, what string"),
          List.of("id", "model_id"),
          List.of("day"));
  private static final List<String> OLD = List.of("0 a old", "1 a old", "2 a old", "0 b old");
  private static final List<String> NEW = List.of("1 a new", "2 a new", "3 a new", "0 b old");

  private final SparkSession spark = SharedSession.get();
  private final Configuration hadoop = spark.sparkContext().hadoopConfiguration();
  @TempDir Path folder;

  @BeforeEach
  void writeTheOldRows() {
    CopyingStore.mount(hadoop);
    write(step -> {}, "a", 0, 3, "old");
    write(step -> {}, "b", 0, 1, "old");
  }

  @AfterEach
  void letTheStoreLive() {
    CopyingStore.dieInRenameOf(hadoop, "");
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"STAGED,OLD", "BACK,NEW", "SETTLED,NEW"})
  void showsOneSnapshotAtEveryOtherStep(SwapStep last, String seen) throws IOException {
    showsOneSnapshotWhereverTheWriterDies(last, seen);
  }

  @ParameterizedTest
  @CsvSource({"JOURNALED,OLD"})
  void showsOneSnapshotWhereverTheWriterDies(SwapStep last, String seen) throws IOException {
    Consumer<SwapStep> dying =
        step -> {
          if (step == last) {
            throw new Killed();
          }
        };
    assertThatThrownBy(() -> write(dying, "a", 1, 4, "new")).isInstanceOf(Killed.class);
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(seen.equals("OLD") ? OLD : NEW);

    write(step -> {}, "a", 1, 4, "new");
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(NEW);
    write(step -> {}, "a", 1, 4, "new");
    write(step -> {}, "a", 1, 4, "new");
    assertThat(partFiles()).as("files of two snapshots").isLessThanOrEqualTo(7);
  }

  @Test
  void keepsTheOldRowsWhenTheStoreGoesAwayInTheMiddleOfACopy() {
    CopyingStore.dieInRenameOf(hadoop, "_temporary");
    assertThatThrownBy(() -> write(step -> {}, "a", 1, 4, "new"))
        .hasStackTraceContaining("the store went away");
    CopyingStore.dieInRenameOf(hadoop, "");
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(OLD);
    write(step -> {}, "a", 1, 4, "new");
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(NEW);
  }

  @Test
  @Tag("long")
  void aReaderThatBeganBeforeAWriteFinishesOnItsSnapshot() {
    Dataset<Row> before = reader().read(TABLE);
    write(step -> {}, "a", 1, 4, "new");
    assertThat(lines(before)).containsExactlyInAnyOrderElementsOf(OLD);
    write(step -> {}, "b", 7, 8, "new");
    assertThatThrownBy(() -> lines(before)).hasStackTraceContaining("FileNotFoundException");
  }

  @Test
  void leavesUntouchedPartitionsWhereTheyLie() {
    List<String> before = files("day=2024-01-03");
    write(step -> {}, "b", 3, 4, "new");
    assertThat(files("day=2024-01-03")).isEqualTo(before).isNotEmpty();
    assertThat(files("day=2024-01-04")).hasSize(1);
  }

  @Test
  void aPlainReaderFailsInsteadOfMixingSnapshots() {
    assertThatThrownBy(() -> spark.read().parquet(root() + "/t"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("UNABLE_TO_INFER_SCHEMA");
    assertThat(TableReader.load(spark, "parquet", root() + "/t").columns())
        .containsExactlyInAnyOrder("id", "day", "model_id", "what");
    assertThatThrownBy(() -> TableReader.load(spark, "parquet", root() + "/u"))
        .hasMessage("no table is written in " + root() + "/u");
  }

  @Test
  void aLostListIsAnErrorAndDeletesNothing() throws IOException {
    Files.delete(folder.resolve("t/_snapshots/2"));
    long before = partFiles();
    assertThatThrownBy(this::rows)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("table " + root() + "/t has lost the list of its files")
        .hasMessageContaining("_current names snapshot 2, found no " + root() + "/t/_snapshots/2");
    assertThatThrownBy(() -> write(step -> {}, "a", 1, 4, "new"))
        .hasMessageContaining("has lost the list of its files");
    assertThat(partFiles()).isEqualTo(before).isPositive();
    assertThat(folder.resolve("t/_snapshots/1")).exists();
  }

  @Test
  void anEmptyPointerMeansTheNewestList() throws IOException {
    Files.writeString(folder.resolve("t/_current"), "");
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(OLD);
    write(step -> {}, "a", 1, 4, "new");
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(NEW);
    assertThat(folder.resolve("t/_current")).hasContent("3");
  }

  @Test
  void aLostPointerMeansTheNewestListAndDeletesNothing() throws IOException {
    Files.delete(folder.resolve("t/_current"));
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(OLD);
    write(step -> {}, "a", 1, 4, "new");
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(NEW);
    assertThat(folder.resolve("t/_current")).hasContent("3");
    assertThatThrownBy(
            () ->
                sink(folder.toString(), CommitProtocol.RENAME, step -> {})
                    .replace(rows("a", 0, 1, "x"), TABLE, Map.of("model_id", "a")))
        .hasMessageContaining("is published by snapshots");
  }

  @Test
  void aFirstWriteThatDiedLeavesNothing() throws IOException {
    TableShape first = new TableShape("u", TABLE.schema(), TABLE.key(), TABLE.partitions());
    Consumer<SwapStep> dying =
        step -> {
          throw new Killed();
        };
    TableSink sink = sink(root(), CommitProtocol.AUTO, dying);
    assertThatThrownBy(() -> sink.replace(rows("a", 0, 3, "x"), first, Map.of("model_id", "a")))
        .isInstanceOf(Killed.class);
    assertThat(reader().read(first).count()).isZero();
  }

  /** A store on which both writers got past the lock. */
  @Test
  void ofTwoWritersAtOnceTheLaterOneFindsThatItsTableMoved() {
    boolean[] once = {true};
    Consumer<SwapStep> overtaken =
        step -> {
          if (step == SwapStep.STAGED && once[0]) {
            once[0] = false;
            FolderSystem files = FolderSystem.of(hadoop, table());
            SnapshotFolder other = new SnapshotFolder(files, table(), ignored -> {});
            other.settle();
            other.publish(other.staging(), List.of("day=2024-01-01"));
          }
        };
    assertThatThrownBy(() -> write(overtaken, "a", 1, 4, "new"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "was written by another run in the meantime: expected snapshot 2, found 3");
    assertThat(rows()).containsExactlyInAnyOrder("1 a old", "2 a old");
  }

  private org.apache.hadoop.fs.Path table() {
    return new org.apache.hadoop.fs.Path(root() + "/t");
  }

  @Test
  void sendsNobodyToRenamesWhereTheStoreHasNone() throws IOException {
    Files.createDirectories(folder.resolve("metrics"));
    Files.writeString(folder.resolve("metrics/part-1.parquet"), "");
    assertThatThrownBy(() -> sink(root(), CommitProtocol.AUTO, step -> {}))
        .hasMessageEndingWith(
            "metrics contains plain files: move it away, or write to another folder"
                + " (key output.path)");
  }

  @Test
  void neverMixesTheTwoMannersInOneFolder() {
    assertThatThrownBy(
            () ->
                sink(folder.toString(), CommitProtocol.RENAME, step -> {})
                    .replace(rows("a", 0, 1, "x"), TABLE, Map.of("model_id", "a")))
        .hasMessageContaining(
            "is published by snapshots: write it with output.commitProtocol = snapshot");
    String plain = folder.resolve("plain").toString();
    sink(plain, CommitProtocol.AUTO, step -> {})
        .replace(rows("a", 0, 1, "x"), TABLE, Map.of("model_id", "a"));
    assertThatThrownBy(
            () ->
                sink(plain, CommitProtocol.SNAPSHOT, step -> {})
                    .replace(rows("a", 0, 1, "x"), TABLE, Map.of("model_id", "a")))
        .hasMessageContaining("contains plain files: write it with output.commitProtocol = rename");
  }

  private static final class Killed extends RuntimeException {}

  private String root() {
    return "s3a://bucket" + folder;
  }

  private void write(Consumer<SwapStep> reached, String model, int from, int to, String what) {
    sink(root(), CommitProtocol.AUTO, reached)
        .replace(rows(model, from, to, what), TABLE, Map.of("model_id", model));
  }

  private TableSink sink(String path, CommitProtocol publish, Consumer<SwapStep> reached) {
    OutputSpec output = new OutputSpec(path, "parquet", Map.of(), publish, 1 << 20);
    return TableSink.open(spark, output, reached, Duration.ZERO);
  }

  private TableReader reader() {
    return new TableReader(
        spark, new OutputSpec(root(), "parquet", Map.of(), CommitProtocol.AUTO, 1 << 20));
  }

  private Dataset<Row> rows(String model, int from, int to, String what) {
    return spark.sql(
        ("select id, date_add(date'2024-01-01', cast(id as int)) day, '%s' model_id, '%s' what"
                + " from range(%d, %d, 1, 2)")
            .formatted(model, what, from, to));
  }

  private List<String> rows() {
    return lines(reader().read(TABLE));
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.selectExpr("concat_ws(' ', id, model_id, what)").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<String> files(String partition) {
    return reader().read(TABLE).selectExpr("input_file_name()").distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .filter(file -> file.contains(partition))
        .sorted()
        .toList();
  }

  private long partFiles() throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }
}
