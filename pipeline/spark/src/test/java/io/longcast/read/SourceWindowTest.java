package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWindowTest {
  private static final Optional<Instant> FROM = Optional.of(Instant.parse("2024-03-02T00:00:00Z"));
  private static final Optional<Instant> UNTIL = Optional.of(Instant.parse("2024-03-05T00:00:00Z"));

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  private void write(String name, String... times) throws IOException {
    List<String> lines =
        Stream.concat(
                Stream.of("series_id,timestamp,value,plan"),
                Stream.of(times).map(time -> "a," + time + ",1,2"))
            .toList();
    Files.write(folder.resolve(name), lines);
  }

  private static String path(Path file) {
    return "file:" + file;
  }

  private List<String> times(ReadResult read) {
    return read
        .observations()
        .selectExpr("string(timestamp)")
        .orderBy("timestamp")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void readsTheFilesAndRowsOfTheWindow() throws IOException {
    write("old.csv", "2024-02-20T00:00:00Z");
    write("known.csv", "2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z", "2024-03-06T00:00:00Z");
    write("new.csv", "1970-01-01T00:00:00Z", "2024-03-01T12:00:00Z", "2024-03-03T00:00:00Z");
    Files.writeString(
        folder.resolve("plan.csv"), "series_id,timestamp,value,plan\na,2024-03-09T00:00:00Z,,5\n");
    SourceWindow window =
        new SourceWindow(
            Set.of(path(folder.resolve("old.csv"))),
            Set.of(path(folder.resolve("new.csv"))),
            FROM,
            UNTIL);
    SourceSpec source = Sources.of("csv", folder).known("plan").spec();
    ReadResult read = ReadStage.read(spark, source, window);
    assertThat(times(read))
        .containsExactly(
            "2024-03-01 12:00:00",
            "2024-03-02 00:00:00",
            "2024-03-03 00:00:00",
            "2024-03-09 00:00:00");
    List<Row> rejects = read.rejects().orderBy("timestamp").collectAsList();
    assertThat(rejects).extracting(row -> row.<String>getAs("reason")).hasSize(2);
    assertThat(rejects.get(0).<String>getAs("reason"))
        .startsWith("more than a year before the rows of earlier runs");
    assertThat(rejects.get(0).<String>getAs("file")).endsWith("new.csv");
    assertThat(rejects.get(1).<String>getAs("reason")).contains("run.maxAhead");
    assertThat(ReadStage.read(spark, source).observations().count()).isEqualTo(8);
  }

  /** Spark spells such names as a URI, listings do not. */
  @Test
  void knowsFilesWhoseNamesAUriSpellsInAnotherWay() throws IOException {
    String name = "late rows 100%.csv";
    write("known.csv", "2024-03-01T00:00:00Z", "2024-03-03T00:00:00Z");
    write(name, "2024-03-01T12:00:00Z", "2024-03-04T00:00:00Z", "2024-03-08T00:00:00Z");
    Set<String> fresh = Set.of(path(folder.resolve(name)));
    SourceWindow window = new SourceWindow(Set.of(), fresh, FROM, UNTIL);
    SourceSpec source = Sources.of("csv", folder).spec();
    assertThat(times(ReadStage.read(spark, source, window)))
        .containsExactly("2024-03-01 12:00:00", "2024-03-03 00:00:00", "2024-03-04 00:00:00");
    try (SeriesDataset data = data("source.knownCovariates=[]", window)) {
      assertThat(data.newestRows(fresh, UNTIL.get()))
          .containsExactly(
              Map.entry(fresh.iterator().next(), Instant.parse("2024-03-04T00:00:00Z")));
    }
  }

  /** What is known of the future is not ahead of the clock. */
  @Test
  void theNewestRowOfAPlanIsItsLast() throws IOException {
    write("known.csv", "2024-03-01T00:00:00Z", "2024-03-03T00:00:00Z");
    Files.writeString(
        folder.resolve("plan.csv"), "series_id,timestamp,value,plan\na,2024-03-09T00:00:00Z,,5\n");
    Set<String> fresh = Set.of(path(folder.resolve("plan.csv")));
    SourceWindow window = new SourceWindow(Set.of(), fresh, FROM, UNTIL);
    try (SeriesDataset data = data("source.knownCovariates=[plan]", window)) {
      assertThat(data.newestRows(fresh, UNTIL.get()).values())
          .containsExactly(Instant.parse("2024-03-09T00:00:00Z"));
    }
  }

  private SeriesDataset data(String setting, SourceWindow window) {
    RunSpec run =
        RunFile.read(
                Optional.empty(),
                List.of(
                    "source.format=csv",
                    "source.paths=[\"" + folder + "\"]",
                    "clean.frequency=12h",
                    setting))
            .spec();
    return SeriesDataset.read(spark, run, Optional.empty(), window);
  }

  /** The scan of a table does not return what was read before. */
  @Test
  void pushesTheTimeIntoTheScanOfATable() {
    String path = folder.resolve("table").toString();
    spark
        .range(4)
        .selectExpr(
            "'a' as series_id",
            "timestamp'2024-03-01 00:00:00' + make_interval(0, 0, 0, cast(id as int)) as timestamp",
            "double(id) as value")
        .write()
        .parquet(path);
    spark.read().parquet(path).createOrReplaceTempView("windowed");
    SourceWindow window = new SourceWindow(Set.of(), Set.of(), FROM, UNTIL);
    ReadResult read = ReadStage.read(spark, Sources.table("windowed").spec(), window);
    assertThat(times(read)).hasSize(3).first().isEqualTo("2024-03-02 00:00:00");
    assertThat(read.parsed().queryExecution().executedPlan().toString())
        .contains("GreaterThanOrEqual(timestamp,2024-03-02");
  }
}
