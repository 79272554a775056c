package io.longcast.flow.draft;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody described become run files that read them whole. */
class DraftFlowTest {
  private static final int SERIES = 3;
  private static final int STEPS = 300;

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  /** The drafted run file, read again. */
  private RunSpec drafted(Path data) throws IOException {
    DraftFlow.Result draft = DraftFlow.run(spark, data, folder.resolve("out").toString());
    assertThat(draft.counts().rejected()).as(draft.rejects()).isZero();
    assertThat(draft.rows()).hasSize(5);
    Path file = Files.writeString(folder.resolve("run.conf"), draft.text());
    return RunFile.read(Optional.of(file), List.of()).spec();
  }

  private long series(RunSpec run) {
    try (SeriesDataset series = SeriesDataset.read(spark, run, Optional.empty())) {
      return series.counts().kept();
    }
  }

  private Path csv(String name, String pattern, String separator, char decimal) throws IOException {
    DateTimeFormatter written = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    StringBuilder text = new StringBuilder("when,site,region,load,temp\n".replace(",", separator));
    for (int series = 0; series < SERIES; series++) {
      for (int step = 0; step < STEPS; step++) {
        LocalDateTime time = LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(15L * step);
        String load = "%d.%02d".formatted(20 + step % 96, step % 100).replace('.', decimal);
        text.append(
            String.join(
                separator, written.format(time), "s" + series, "r" + series / 2, load, "" + step));
        text.append('\n');
      }
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aTableOfSeveralSeriesWithCommasForFractions() throws IOException {
    RunSpec run = drafted(csv("meters.csv", "dd.MM.yyyy HH:mm", ";", ','));
    assertThat(run.source().options()).containsEntry("sep", ";");
    assertThat(run.source().time().column()).contains("when");
    assertThat(run.source().time().format()).isEqualTo("dd.MM.yyyy HH:mm");
    assertThat(run.source().series().columns()).containsExactly("site");
    assertThat(run.source().valueColumns()).containsExactly("load", "temp");
    assertThat(run.source().staticCovariates()).containsExactly("region");
    assertThat(run.source().numbers().decimal()).isEqualTo(",");
    assertThat(run.clean().frequency()).hasToString("15m");
    assertThat(run.window().horizon()).isEqualTo(30);
    assertThat(series(run)).isEqualTo(SERIES);
  }

  @Test
  @Tag("long")
  void aFolderOfParquetWithTimestampsAndALabel() throws IOException {
    Path csv = csv("meters.csv", "yyyy-MM-dd HH:mm:ss", ",", '.');
    Path table = folder.resolve("meters");
    Dataset<Row> rows = spark.read().option("header", "true").csv(csv.toString());
    rows.withColumn("when", col("when").cast("timestamp"))
        .withColumn("load", col("load").cast("double"))
        .withColumn("temp", col("temp").cast("int"))
        .selectExpr("*", "cast(temp % 2 as int) as is_anomaly")
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(table.toString());
    RunSpec run = drafted(table);
    assertThat(run.source().format()).isEqualTo("parquet");
    assertThat(run.source().series().columns()).containsExactly("site");
    assertThat(run.source().valueColumns()).containsExactly("load", "temp");
    assertThat(series(run)).isEqualTo(SERIES);
  }

  @Test
  @Tag("long")
  void linesOfJsonWithNestedValues() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2 * STEPS; i++) {
      text.append(
          "{\"ts\": %d, \"device\": {\"id\": \"d%d\"}, \"payload\": {\"temp\": %.1f}}%n"
              .formatted(1_704_067_200_000L + 60_000L * (i / 2), i % 2, 20 + i % 7 / 10.0));
    }
    RunSpec run = drafted(Files.writeString(folder.resolve("readings.jsonl"), text));
    assertThat(run.source().time().format()).isEqualTo("epoch-millis");
    assertThat(run.source().series().columns()).containsExactly("device.id");
    assertThat(run.source().valueColumns()).containsExactly("payload.temp");
    assertThat(series(run)).isEqualTo(2);
  }

  @Test
  @Tag("long")
  void aSeriesInEachRow() throws IOException {
    StringBuilder text = new StringBuilder("\"id\"");
    for (int step = 1; step <= 40; step++) {
      text.append(",\"V").append(step).append('"');
    }
    for (int series = 0; series < SERIES; series++) {
      text.append("\n\"N").append(series).append('"');
      for (int step = 0; step < 40; step++) {
        text.append(',').append(step < 40 - 5 * series ? 100 + step % 12 : "");
      }
    }
    RunSpec run = drafted(Files.writeString(folder.resolve("wide.csv"), text.append('\n')));
    assertThat(run.source().query()).isPresent();
    assertThat(series(run)).isEqualTo(SERIES);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {".5", ""})
  void aSeriesInEachFile(String fraction) throws IOException {
    Path prices = Files.createDirectories(folder.resolve("prices" + fraction));
    for (int file = 0; file < SERIES; file++) {
      StringBuilder text = new StringBuilder("Date,Close\n");
      for (int day = 0; day < 60; day++) {
        LocalDateTime date = LocalDateTime.of(2024, 1, 1, 0, 0).plusDays(day);
        text.append(date.toLocalDate()).append(',').append(100 + 7 * file + day % 5);
        text.append(fraction).append('\n');
      }
      Files.writeString(prices.resolve("T" + file + ".csv"), text);
    }
    RunSpec run = drafted(prices);
    assertThat(run.source().series().fromFileName()).isTrue();
    assertThat(run.source().series().columns()).isEmpty();
    assertThat(run.source().valueColumns()).containsExactly("Close");
    assertThat(series(run)).isEqualTo(SERIES);
  }

  @Test
  void saysWhatCannotBeRead() throws IOException {
    assertThatThrownBy(() -> DraftFlow.run(spark, folder.resolve("no"), "out"))
        .hasMessageContainingAll("there is no file", "no");
    Path words = Files.writeString(folder.resolve("words.csv"), "name,colour\nbook,red\n");
    assertThatThrownBy(() -> DraftFlow.run(spark, words, "out"))
        .hasMessageContainingAll("no column of numbers", "name, colour");
  }
}
