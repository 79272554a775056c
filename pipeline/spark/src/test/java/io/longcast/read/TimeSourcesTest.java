package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times as files hold them: offsets, names of zones, parts, counts. */
@Tag("once")
class TimeSourcesTest {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  @Test
  @Tag("long")
  void readsOffsetsWithoutAColonFromCsvJsonAndParquet() throws IOException {
    for (String form : List.of("+0200", "+02", "+02:00", " +0200")) {
      String time = "2023-10-26 02:00:00" + form;
      Path csv = write("a.csv", "series_id,timestamp,value", "s," + time + ",1");
      Path json =
          write("a.json", "{\"series_id\":\"s\",\"timestamp\":\"%s\",\"value\":1}".formatted(time));
      Path parquet = folder.resolve("p" + form.replace(':', '.').trim() + form.length());
      spark
          .sql("select 's' series_id, '%s' timestamp, 1.0 value".formatted(time))
          .write()
          .parquet(parquet.toString());
      for (SourceSpec source :
          List.of(
              Sources.of("csv", csv).spec(),
              Sources.of("json", json).spec(),
              Sources.of("parquet", parquet).spec())) {
        assertThat(times(source)).as(form + source.label()).containsExactly("2023-10-26T00:00:00Z");
      }
    }
  }

  @Test
  void namesOfWinterAndSummerTimeTellTheTwoHoursApart() throws IOException {
    Path file =
        write(
            "a.csv",
            "series_id,timestamp,value",
            "s,2023-10-29 01:00:00 CEST,0",
            "s,2023-10-29 02:00:00 CEST,1",
            "s,2023-10-29 02:00:00 CET,2",
            "s,2023-10-29 03:00:00 CET,3");
    for (String format : List.of("auto", "yyyy-MM-dd HH:mm:ss z")) {
      assertThat(times(Sources.of("csv", file).time(Sources.time(format, "Europe/Berlin")).spec()))
          .containsExactly(
              "2023-10-28T23:00:00Z",
              "2023-10-29T00:00:00Z",
              "2023-10-29T01:00:00Z",
              "2023-10-29T02:00:00Z");
    }
  }

  @Test
  void joinsDateAndTimeOfTwoColumns() throws IOException {
    Path file =
        write(
            "a.csv",
            "Date;Time;power",
            "1/1/2024;00:00:00;1",
            "1/1/2024;24:00:00;2",
            ";01:00:00;3");
    ReadResult read =
        ReadStage.read(
            spark,
            Sources.of("csv", file)
                .options(Map.of("sep", ";"))
                .series()
                .values("*")
                .time(parts("d/M/yyyy HH:mm:ss", "Date", "Time"))
                .spec());
    assertThat(read.layout().channels()).containsExactly("power");
    assertThat(times(read)).containsExactly("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z");
    assertThat(read.rejects().count()).isZero();
    assertThat(read.observations().where("timestamp is null").count()).isEqualTo(1);
  }

  @Test
  void joinsYearMonthDayAndHourOfFourNumberColumnsAndDatesWithTimes() {
    Path numbers = folder.resolve("numbers");
    spark
        .sql("select 's' series_id, 2024 year, 2 month, 29L day, 13.0 hour, 1.0 value")
        .write()
        .parquet(numbers.toString());
    Path dates = folder.resolve("dates");
    spark
        .sql("select 's' series_id, timestamp'2024-02-29' day, '13:00' hour, 1.0 value")
        .write()
        .orc(dates.toString());
    SourceSpec fromNumbers =
        Sources.of("parquet", numbers)
            .time(parts("yyyy M d H", "year", "month", "day", "hour"))
            .spec();
    SourceSpec fromDates = Sources.of("orc", dates).time(parts("auto", "day", "hour")).spec();
    assertThat(times(fromNumbers)).containsExactly("2024-02-29T13:00:00Z");
    assertThat(times(fromDates)).containsExactly("2024-02-29T13:00:00Z");
  }

  @Test
  void readsDatesWrittenAsWholeNumbersByTheirPattern() {
    Path path = folder.resolve("numbers");
    spark
        .sql("select 's' series_id, 20240229 timestamp, 1.0 value")
        .write()
        .parquet(path.toString());
    assertThat(times(Sources.of("parquet", path).time(Sources.time("yyyyMMdd", "UTC")).spec()))
        .containsExactly("2024-02-29T00:00:00Z");
  }

  @Test
  void readsCountsSince1970InEveryUnitFromTextAndNumbers() throws IOException {
    Map<String, String> counts =
        Map.of(
            "epoch-seconds", "1704067200.25",
            "epoch-millis", "1704067200250",
            "epoch-micros", "1704067200250000",
            "epoch-nanos", "1704067200250000999");
    for (Map.Entry<String, String> unit : counts.entrySet()) {
      TimeSpec time = Sources.time(unit.getKey(), "UTC");
      Path csv = write("a.csv", "series_id,timestamp,value", "s," + unit.getValue() + ",1");
      Path parquet = folder.resolve(unit.getKey());
      spark
          .sql("select 's' series_id, %s timestamp, 1.0 value".formatted(unit.getValue()))
          .write()
          .parquet(parquet.toString());
      assertThat(times(Sources.of("csv", csv).time(time).spec()))
          .as(unit.getKey())
          .containsExactly("2024-01-01T00:00:00.250Z");
      assertThat(times(Sources.of("parquet", parquet).time(time).spec()))
          .as(unit.getKey())
          .containsExactly("2024-01-01T00:00:00.250Z");
    }
  }

  @Test
  void refusesAnImplausibleUnitNamingTheRightOne() throws IOException {
    Path csv = write("a.csv", "series_id,timestamp,value", "s,1704067200,1", "s,1704070800,2");
    Path json = write("a.json", "{\"series_id\":\"s\",\"timestamp\":1704067200000,\"value\":1}");
    Path parquet = folder.resolve("parquet");
    spark
        .sql("select 's' series_id, 1704067200000000L timestamp, 1.0 value")
        .write()
        .parquet(parquet.toString());
    assertRefused(
        Sources.of("csv", csv).time(Sources.time("epoch-millis", "UTC")), "epoch-seconds");
    assertRefused(
        Sources.of("json", json).time(Sources.time("epoch-micros", "UTC")), "epoch-millis");
    assertRefused(
        Sources.of("parquet", parquet).time(Sources.time("epoch-seconds", "UTC")), "epoch-micros");
  }

  private void assertRefused(Sources source, String right) {
    assertThatThrownBy(() -> ReadStage.read(spark, source.spec()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "as " + right + " it is 2024-01-01T00:00:00Z (key source.time.format)");
  }

  private static TimeSpec parts(String format, String... columns) {
    return new TimeSpec(
        Optional.of("timestamp"),
        List.of(columns),
        format,
        "UTC",
        TimeSpec.RepeatedHour.BY_ORDER,
        Optional.empty(),
        Optional.empty());
  }

  private List<String> times(SourceSpec source) {
    return times(ReadStage.read(spark, source));
  }

  private static List<String> times(ReadResult read) {
    return read.observations().where("timestamp is not null").collectAsList().stream()
        .map((Row row) -> row.getTimestamp(1).toInstant().toString())
        .toList();
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
