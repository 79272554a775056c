package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import io.longcast.table.TableShape;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two runs that write one table. */
@Tag("once")
class TwoWritersTest {
  private static final TableShape TABLE =
      new TableShape(
          "metrics", StructType.fromDDL("id bigint, model_id string"), List.of("id"), List.of());

  private final SparkSession spark = SharedSession.get();
  @TempDir Path output;

  @ParameterizedTest
  @EnumSource(
      value = CommitProtocol.class,
      names = {"RENAME", "SNAPSHOT"})
  void refusesASecondWriterAndSaysWhoTheFirstIs(CommitProtocol publish) {
    sink(publish, Duration.ZERO).replace(rows("a", 3), TABLE, Map.of("model_id", "a"));
    WriterLock first = WriterLock.take(files(), table(), Duration.ZERO);
    TableSink second = sink(publish, Duration.ZERO);
    assertThatThrownBy(() -> second.replace(rows("b", 3), TABLE, Map.of("model_id", "b")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("metrics is being written by another run (")
        .hasMessageContaining("@")
        .hasMessageContaining("process " + ProcessHandle.current().pid() + ", since 2")
        .hasMessageContaining("wait until it is done, or end it");
    assertThat(second.read(TABLE).count()).isEqualTo(3);

    first.close();
    second.replace(rows("b", 3), TABLE, Map.of("model_id", "b"));
    assertThat(second.read(TABLE).count()).isEqualTo(6);
    assertThat(lockFile()).doesNotExist();
  }

  @Test
  void waitsForAWriterThatEndsInTime() {
    WriterLock first = WriterLock.take(files(), table(), Duration.ZERO);
    TableSink second = sink(CommitProtocol.RENAME, Duration.ofMinutes(1));
    CompletableFuture<Void> write =
        CompletableFuture.runAsync(
            () -> second.replace(rows("b", 3), TABLE, Map.of("model_id", "b")));
    first.close();
    write.join();
    assertThat(second.read(TABLE).count()).isEqualTo(3);
  }

  @Test
  void writersThatTakeTurnsLoseNoRows() {
    List<CompletableFuture<Void>> writes =
        List.of("a", "b", "c").stream()
            .map(
                model ->
                    CompletableFuture.runAsync(
                        () ->
                            sink(CommitProtocol.RENAME, Duration.ofMinutes(1))
                                .replace(rows(model, 5), TABLE, Map.of("model_id", model))))
            .toList();
    writes.forEach(CompletableFuture::join);
    assertThat(sink(CommitProtocol.RENAME, Duration.ZERO).read(TABLE).count()).isEqualTo(15);
  }

  @Test
  void opensAnOutputWithoutTouchingATableThatIsBeingWritten() throws IOException {
    FolderSwap swap = new FolderSwap(files(), table(), step -> {});
    Path staged = Files.createDirectories(Path.of(swap.staging().toString()));
    try (WriterLock first = WriterLock.take(files(), table(), Duration.ZERO)) {
      sink(CommitProtocol.RENAME, Duration.ZERO);
      assertThat(staged).exists();
      first.requireHeld();
    }
    sink(CommitProtocol.RENAME, Duration.ZERO);
    assertThat(staged).doesNotExist();
  }

  private Path lockFile() {
    return output.resolve(".metrics.lock");
  }

  private org.apache.hadoop.fs.Path table() {
    return new org.apache.hadoop.fs.Path(output.resolve("metrics").toString());
  }

  private FolderSystem files() {
    return FolderSystem.of(new Configuration(), table());
  }

  private TableSink sink(CommitProtocol publish, Duration patience) {
    OutputSpec spec = new OutputSpec(output.toString(), "parquet", Map.of(), publish, 1 << 20);
    return TableSink.open(spark, spec, step -> {}, patience);
  }

  private Dataset<Row> rows(String model, int count) {
    return spark.sql("select id, '%s' model_id from range(0, %d, 1, 1)".formatted(model, count));
  }
}
