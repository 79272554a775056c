package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.clean.CleanSpec.Grid;
import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.read.Sources;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class CleanStageTest {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  @Test
  void accountsForEveryRowOfADirtyFile() throws IOException {
    List<String> lines = dirtyLines();
    Path file = Files.write(folder.resolve("dirty.csv"), lines);
    Cleaning cleaning = Cleaning.hourly();
    cleaning.minLength = 3;
    cleaning.frequency = CleanSpec.INFER;
    ReadResult read = ReadStage.read(spark, Sources.of("csv", file).statics("site").spec());
    try (CleanResult clean = CleanStage.clean(read, cleaning.spec(), Optional.empty())) {
      RowCounts account = clean.reconcile();
      assertThat(account.read()).isEqualTo(lines.size() - 1);
      assertThat(account.balances()).isTrue();
      assertThat(clean.rejects().count()).isEqualTo(account.rejected());
      assertThat(clean.frequency()).hasToString("Optional[1h]");
      RejectsTable.TABLE.requireConforms(clean.rejects().schema());
      SeriesStatusTable.TABLE.requireConforms(clean.statuses().schema());
      assertThat(statuses(clean))
          .containsEntry("s0", "regular")
          .containsEntry("tiny", "short")
          .containsEntry("void", "all-missing")
          .containsEntry("bad", "empty")
          .containsEntry("flat", "constant");
      assertThat(clean.segments().collect())
          .hasSize((int) account.kept())
          .allSatisfy(CleanStageTest::holdsNoNaN)
          .anySatisfy(s -> assertThat(s.statics()).containsExactly(2));
      assertThat(clean.codes().categories()).containsExactly(List.of("east", "west"));
      assertThat(
              clean
                  .statuses()
                  .selectExpr("sum(rows_read - rows_used - rows_rejected)")
                  .head()
                  .getLong(0))
          .isZero();
    }
  }

  @Test
  void givesTheSameSeriesForAnyPartitioning() throws IOException {
    List<String> lines = dirtyLines();
    Path file = Files.write(folder.resolve("dirty.csv"), lines);
    ReadResult read = ReadStage.read(spark, Sources.of("csv", file).statics("site").spec());
    Dataset<Row> once = read.parsed().cache();
    List<String> first = null;
    for (int partitions : new int[] {1, 2, 7}) {
      ReadResult spread =
          new ReadResult(
              once.repartition(partitions),
              read.skippedFiles(),
              read.layout(),
              read.source(),
              read.repeatedHourZone());
      try (CleanResult clean =
          CleanStage.clean(spread, Cleaning.hourly().spec(), Optional.empty())) {
        List<String> all = new ArrayList<>();
        clean.segments().collect().forEach(s -> all.add(text(s)));
        clean.rejects().collectAsList().forEach(row -> all.add(row.toString()));
        clean.statuses().collectAsList().forEach(row -> all.add(row.toString()));
        Collections.sort(all);
        first = first == null ? all : first;
        assertThat(all).as(partitions + " partitions").isEqualTo(first);
      }
    }
    once.unpersist();
    assertThat(first).hasSizeGreaterThan(20);
  }

  @Test
  void keepsRowsInFileOrderAcrossSmallSplits() throws IOException {
    List<String> lines = new ArrayList<>(List.of("value"));
    for (int i = 0; i < 5000; i++) {
      lines.add(Integer.toString((i * 7919) % 5000));
    }
    Path file = Files.write(folder.resolve("plain.csv"), lines);
    spark.conf().set("spark.sql.files.maxPartitionBytes", "4096");
    Cleaning cleaning = Cleaning.hourly();
    cleaning.grid = Grid.ROWS;
    try {
      ReadResult read = ReadStage.read(spark, Sources.plain(file));
      try (CleanResult clean = CleanStage.clean(read, cleaning.spec(), Optional.empty())) {
        assertThat(read.parsed().javaRDD().getNumPartitions()).isGreaterThan(1);
        Segment segment = clean.segments().first();
        assertThat(segment.seriesId()).isEqualTo("plain");
        for (int i = 0; i < 5000; i++) {
          assertThat(segment.row(0).toFloats()[i]).isEqualTo((i * 7919) % 5000);
        }
        assertThat(segment.axis().instant(3)).isEmpty();
        assertThat(segment.axis().row(4999)).contains(4999L);
      }
    } finally {
      spark.conf().unset("spark.sql.files.maxPartitionBytes");
    }
  }

  @Test
  void takesTheLastRowInOrderOfTheFilesNamesHoweverTheseAreSpelt() throws IOException {
    for (String name : List.of("b %41ü#.csv", "a+b.csv", "c=1.csv")) {
      Files.write(
          folder.resolve(name),
          List.of("series_id,timestamp,value", "s,2024-01-01," + (int) name.charAt(0)));
    }
    ReadResult read = ReadStage.read(spark, Sources.of("csv", folder).spec());
    try (CleanResult clean = CleanStage.clean(read, Cleaning.hourly().spec(), Optional.empty())) {
      assertThat(clean.segments().first().row(0).toFloats()).containsExactly('c');
      assertThat(clean.rejects().select(RejectsTable.FILE).collectAsList())
          .extracting(row -> Path.of(java.net.URI.create(row.getString(0)).getPath()))
          .extracting(path -> path.getFileName().toString())
          .containsExactlyInAnyOrder("a+b.csv", "b %41ü#.csv");
    }
  }

  @Test
  void cleansObservationsThatWereNotRead() {
    Dataset<Row> rows =
        spark.sql(
            "select 'a' series_id, timestamp'2024-01-01' timestamp, cast(null as bigint) row, 1d value");
    try (CleanResult clean =
        CleanStage.clean(rows, SeriesLayout.of("value"), Cleaning.hourly().spec())) {
      assertThat(clean.reconcile()).isEqualTo(new RowCounts(1, 1, 0, 0, 1, 1));
    }
    assertThatThrownBy(
            () ->
                CleanStage.clean(
                    rows.drop("row"), SeriesLayout.of("velue"), Cleaning.hourly().spec()))
        .hasMessageStartingWith(
            "not a table of observations: column row (bigint) is missing; column velue (double) is"
                + " missing, did you mean \"value\"?");
  }

  @Test
  void scansTheSourceOnceToInferLearnAndClean() throws IOException {
    Path file = Files.write(folder.resolve("dirty.csv"), dirtyLines());
    Cleaning cleaning = Cleaning.hourly();
    cleaning.frequency = CleanSpec.INFER;
    ReadResult read = ReadStage.read(spark, Sources.of("csv", file).statics("site").spec());
    LongAccumulator scanned = spark.sparkContext().longAccumulator();
    UDF1<String, String> count =
        text -> {
          scanned.add(1);
          return text;
        };
    Column site = functions.udf(count, DataTypes.StringType).apply(functions.col("site"));
    ReadResult counted =
        new ReadResult(
            read.parsed().withColumn("site", site),
            read.skippedFiles(),
            read.layout(),
            read.source(),
            read.repeatedHourZone());
    try (CleanResult clean = CleanStage.clean(counted, cleaning.spec(), Optional.empty())) {
      long rows = clean.reconcile().read();
      assertThat(clean.segments().count()).isPositive();
      assertThat(clean.rejects().count()).isPositive();
      assertThat(clean.frequency()).hasToString("Optional[1h]");
      assertThat(clean.codes().categories()).containsExactly(List.of("east", "west"));
      assertThat(scanned.value()).isEqualTo(rows);
    }
  }

  @Test
  void saysThatAFrequencyCannotBeInferred() {
    Dataset<Row> rows =
        spark.sql(
            "select 'a' series_id, timestamp'2024-01-01' timestamp, cast(null as bigint) row, 1d value");
    Cleaning cleaning = Cleaning.hourly();
    cleaning.frequency = CleanSpec.INFER;
    assertThatThrownBy(() -> CleanStage.clean(rows, SeriesLayout.of("value"), cleaning.spec()))
        .hasMessageContaining(
            "no series has three different times; declare it (key clean.frequency)");
  }

  private static List<String> dirtyLines() {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>();
    for (int s = 0; s < 5; s++) {
      for (int i = 0; i < 60; i++) {
        String time = "2024-01-0%dT%02d:00:00Z".formatted(1 + i / 24, i % 24);
        String site = s % 2 == 0 ? "east" : "west";
        String line = "s%d,%s,%.3f,%s".formatted(s, time, random.nextDouble(), site);
        switch (random.nextInt(20)) {
          case 0 -> lines.add(line.replace(",0.", ",x0."));
          case 1 -> lines.add(line.replace("2024", "20x4"));
          case 2 -> Collections.addAll(lines, line, line.replace(",0.", ",5."));
          case 3 -> lines.add(line.replace("s" + s, ""));
          case 4 -> {}
          default -> lines.add(line);
        }
      }
    }
    Collections.addAll(lines, "tiny,2024-01-01,1,east", "tiny,2024-01-01 01:00:00,2,east");
    for (int i = 0; i < 5; i++) {
      lines.add("void,2024-01-01 0" + i + ":00:00,,east");
      lines.add("flat,2024-01-01 0" + i + ":00:00,3,east");
      lines.add("bad,never,1,east");
    }
    Collections.shuffle(lines, random);
    lines.add(0, "series_id,timestamp,value,site");
    return lines;
  }

  private static Map<String, String> statuses(CleanResult clean) {
    return clean.statuses().collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.getString(row.fieldIndex(SeriesStatusTable.SERIES_ID)),
                row -> row.getString(row.fieldIndex(SeriesStatusTable.STATUS))));
  }

  private static void holdsNoNaN(Segment segment) {
    for (int row = 0; row < segment.rows(); row++) {
      for (float value : segment.row(row).toFloats()) {
        assertThat(value).isFinite();
      }
    }
  }

  private static String text(Segment segment) {
    return segment.seriesId()
        + segment.axis()
        + Arrays.toString(segment.row(0).toDoubles())
        + Arrays.toString(segment.observed(0))
        + Arrays.toString(segment.statics());
  }
}
