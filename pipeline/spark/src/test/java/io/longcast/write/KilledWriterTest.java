package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.FolderSystem;
import io.longcast.table.TableShape;
import io.longcast.testing.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A writer is killed at every step of a swap; a plain reader looks; the next start recovers. */
@Tag("once")
@Tag("long")
class KilledWriterTest {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path output;

  private static final TableShape TABLE =
      new TableShape("t", StructType.fromDDL("id bigint"), List.of("id"), List.of());

  private static final Set<SwapStep> REAL =
      Set.of(SwapStep.JOURNALED, SwapStep.OLD_OUT, SwapStep.NEW_IN);
  private static final List<String> OLD = List.of("[1,a,old]", "[2,b,old]", "[3,c,old]");
  private static final List<String> NEW =
      List.of("[1,a,new]", "[2,b,new]", "[3,c,old]", "[4,d,new]");

  @ParameterizedTest
  @CsvSource({
    "STAGED,1,OLD",
    "AWAY,1,ABSENT",
    "OLD_OUT,1,ABSENT",
    "NEW_IN,1,ABSENT",
    "NEW_IN,3,ABSENT",
    "SETTLED,1,NEW"
  })
  void neverShowsAMixtureAtEveryOtherStep(SwapStep step, int occasion, String seen)
      throws Exception {
    neverShowsAMixtureOfPartitionsAndRecovers(step, occasion, seen);
  }

  @ParameterizedTest
  @CsvSource({"JOURNALED,1,OLD", "OLD_OUT,2,ABSENT", "BACK,1,NEW"})
  void neverShowsAMixtureOfPartitionsAndRecovers(SwapStep step, int occasion, String seen)
      throws Exception {
    Path table = output.resolve("t");
    write(table, "(1, 'a', 'old'), (2, 'b', 'old'), (3, 'c', 'old')");
    Path staging = staging(table);
    write(staging, "(1, 'a', 'new'), (2, 'b', 'new'), (4, 'd', 'new')");

    die(table, staging, step, occasion, "p=a", "p=b", "p=d");

    switch (seen) {
      case "OLD" -> assertThat(rows(table)).isEqualTo(OLD);
      case "NEW" -> assertThat(rows(table)).isEqualTo(NEW);
      default ->
          assertThatThrownBy(() -> rows(table))
              .isInstanceOf(AnalysisException.class)
              .hasMessageContaining("PATH_NOT_FOUND");
    }
    if (seen.equals("ABSENT")) {
      assertThatThrownBy(() -> TableReader.load(spark, "parquet", table.toString()))
          .hasMessageContaining("table " + table + " is between two states: .t.swap is beside it");
    }
    TableSink.open(spark, spec(), TABLE);
    assertThat(rows(table)).isEqualTo(step == SwapStep.STAGED ? OLD : NEW);
    assertNothingIsLeftOver();
  }

  @ParameterizedTest
  @CsvSource({
    "STAGED,OLD",
    "JOURNALED,OLD",
    "AWAY,ABSENT",
    "NEW_IN,NEW",
    "BACK,NEW",
    "SETTLED,NEW"
  })
  void swapsAWholeFolderOrLeavesIt(SwapStep step, String seen) throws Exception {
    Path folder = Files.createDirectories(output.resolve("t"));
    Files.writeString(folder.resolve("part-1"), "old");
    Path staging = Files.createDirectories(staging(folder));
    Files.writeString(staging.resolve("part-2"), "new");

    die(folder, staging, step, 1);
    assertThat(Files.exists(folder.resolve("part-1"))).isEqualTo(seen.equals("OLD"));
    assertThat(Files.exists(folder.resolve("part-2"))).isEqualTo(seen.equals("NEW"));
    if (seen.equals("ABSENT")) {
      assertThatThrownBy(() -> TableReader.load(spark, "parquet", folder.toString()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "table " + folder + " is between two states: .t.journal is beside it");
    }

    TableSink.open(spark, spec(), TABLE);
    boolean old = step == SwapStep.STAGED;
    assertThat(folder.resolve(old ? "part-1" : "part-2")).exists();
    assertThat(folder.resolve(old ? "part-2" : "part-1")).doesNotExist();
    assertNothingIsLeftOver();
  }

  @Test
  void addsASinglePartitionWithoutTakingTheTableAway() throws Exception {
    Path table = output.resolve("t");
    write(table, "(1, 'a', 'old')");
    Path staging = staging(table);
    write(staging, "(4, 'd', 'new')");
    List<SwapStep> steps = new ArrayList<>();
    swap(table, steps::add)
        .replace(new org.apache.hadoop.fs.Path(staging.toString()), List.of("p=d"));
    assertThat(steps).contains(SwapStep.NEW_IN).doesNotContain(SwapStep.AWAY);
    assertThat(rows(table)).containsExactly("[1,a,old]", "[4,d,new]");
  }

  @Test
  void swapsATableOfWhichNothingStaysInTwoRenames() throws Exception {
    Path table = output.resolve("t");
    write(table, "(1, 'a', 'old'), (2, 'b', 'old')");
    Path staging = staging(table);
    write(staging, "(1, 'a', 'new'), (4, 'd', 'new')");
    List<SwapStep> steps = new ArrayList<>();
    swap(table, steps::add)
        .replace(new org.apache.hadoop.fs.Path(staging.toString()), List.of("p=a", "p=b", "p=d"));
    assertThat(steps)
        .containsExactly(
            SwapStep.STAGED,
            SwapStep.JOURNALED,
            SwapStep.AWAY,
            SwapStep.NEW_IN,
            SwapStep.BACK,
            SwapStep.SETTLED);
    assertThat(rows(table)).containsExactly("[1,a,new]", "[4,d,new]");
    assertNothingIsLeftOver();
  }

  /** At some steps a process really halts; elsewhere an error that nobody catches stands in. */
  private static void die(
      Path folder, Path staging, SwapStep step, int occasion, String... partitions)
      throws Exception {
    if (REAL.contains(step) && occasion == 1) {
      List<String> args =
          new ArrayList<>(List.of(folder.toString(), staging.toString(), step.name(), "1"));
      args.addAll(List.of(partitions));
      assertThat(DyingWriter.run(args.toArray(String[]::new))).isEqualTo(DyingWriter.DIED);
      return;
    }
    int[] left = {occasion};
    FolderSwap swap =
        swap(
            folder,
            reached -> {
              if (reached == step && --left[0] == 0) {
                throw new Killed();
              }
            });
    org.apache.hadoop.fs.Path staged = new org.apache.hadoop.fs.Path(staging.toString());
    assertThatThrownBy(
            () -> {
              if (partitions.length == 0) {
                swap.replace(staged);
              } else {
                swap.replace(staged, List.of(partitions));
              }
            })
        .isInstanceOf(Killed.class);
  }

  private static Path staging(Path folder) {
    return Path.of(swap(folder, step -> {}).staging().toString());
  }

  private static FolderSwap swap(Path folder, Consumer<SwapStep> reached) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.toString());
    return new FolderSwap(FolderSystem.of(new Configuration(), path), path, reached);
  }

  private static final class Killed extends RuntimeException {}

  private void write(Path folder, String values) {
    spark
        .sql("select col1 id, col2 p, col3 what from values " + values)
        .coalesce(1)
        .write()
        .partitionBy("p")
        .parquet(folder.toString());
  }

  private List<String> rows(Path table) {
    return spark
        .read()
        .parquet(table.toString())
        .orderBy("id")
        .select("id", "p", "what")
        .collectAsList()
        .stream()
        .map(Object::toString)
        .toList();
  }

  private OutputSpec spec() {
    return new OutputSpec(
        output.toString(), "parquet", java.util.Map.of(), CommitProtocol.AUTO, 1 << 20);
  }

  private void assertNothingIsLeftOver() throws Exception {
    try (var files = Files.list(output)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("t");
    }
  }
}
