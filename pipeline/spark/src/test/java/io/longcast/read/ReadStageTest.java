package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.table.ObservationsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.TableShape;
import io.longcast.testing.SharedSession;
import io.longcast.write.CommitProtocol;
import io.longcast.write.OutputSpec;
import io.longcast.write.TableSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class ReadStageTest {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  @Test
  void rejectsBadRowsOfCsvOneByOneWithTheReasonAndTheRecord() throws IOException {
    Path file =
        write(
            "a.csv",
            "series_id,timestamp,value",
            "a,2024-01-01 00:00:00,1.5",
            "a,2024-01-01 01:00:00,abc",
            "a,yesterday,2",
            ",2024-01-01 02:00:00,3",
            "a,2024-01-01T03:00:00Z,Infinity",
            "a,2024-01-01 04:00:00,",
            "a,2024-01-01 05:00:00",
            "a,2024-01-01 06:00:00,4,5",
            "a,2024-01-01 07:00:00,1e39",
            "a,2024-01-01 08:00:00,7d");
    ReadResult read = ReadStage.read(spark, Sources.of("csv", file).spec());

    assertThat(read.observations().select("value").collectAsList())
        .extracting(row -> row.get(0))
        .containsExactly(1.5, null);
    assertThat(reasons(read))
        .containsExactlyInAnyOrder(
            "text in number column \"value\": \"abc\"",
            "unparsable timestamp (format auto): \"yesterday\"",
            "missing series id: column \"series_id\" is empty",
            "number column \"value\" is not finite as a float: \"Infinity\"",
            "not a record of csv: 2 cells where the header has 3",
            "not a record of csv: 4 cells where the header has 3",
            "number column \"value\" is not finite as a float: \"1e39\"",
            "text in number column \"value\": \"7d\" (source.numbers.units = [\"d\"])");
    Row text = read.rejects().where("reason like 'text%abc%'").head();
    assertThat(text.getString(text.fieldIndex(RejectsTable.RECORD)))
        .isEqualTo("a,2024-01-01 01:00:00,abc");
    assertThat(text.getString(text.fieldIndex(RejectsTable.FILE))).endsWith("a.csv");
    assertThat(read.parsed().count()).isEqualTo(10);
    assertThat(read.observations().count() + read.rejects().count()).isEqualTo(10);
  }

  @Test
  void rejectsBadRowsOfJson() throws IOException {
    Path file =
        write(
            "a.json",
            "{\"series_id\":\"a\",\"timestamp\":1704067200,\"value\":1}",
            "{\"series_id\":\"a\",\"timestamp\":1704067201,\"value\":\"x\"}",
            "{\"series_id\":\"a\",\"timestamp\":170406",
            "{\"series_id\":\"a\",\"timestamp\":1704067203.25,\"value\":2.5}");
    ReadResult read =
        ReadStage.read(
            spark, Sources.of("json", file).time(Sources.time("epoch-seconds", "UTC")).spec());

    assertThat(read.observations().select("timestamp").collectAsList())
        .extracting(row -> row.getTimestamp(0).toInstant().toString())
        .containsExactly("2024-01-01T00:00:00Z", "2024-01-01T00:00:03.250Z");
    assertThat(reasons(read))
        .containsExactlyInAnyOrder(
            "text in number column \"value\": \"x\"",
            "not a record of json: not JSON, or broken off");
    assertThat(read.rejects().where("reason like 'not%'").head().getString(6))
        .isEqualTo("{\"series_id\":\"a\",\"timestamp\":170406");
  }

  @Test
  void readsWhatItWroteInEveryFormatAndFromATable() {
    Dataset<Row> rows =
        spark.sql(
            "select 'a' series_id, timestamp'2024-01-01 00:00:00' + make_interval(0,0,0,0,id) timestamp,"
                + " cast(id as float) value from range(5)");
    for (String format : List.of("parquet", "orc", "json", "csv")) {
      Path path = folder.resolve(format);
      rows.write().format(format).option("header", "true").save(path.toString());
      ReadResult read = ReadStage.read(spark, Sources.of(format, path).spec());
      assertThat(read.rejects().count()).as(format).isZero();
      assertThat(read.observations().orderBy("timestamp").collectAsList())
          .as(format)
          .extracting(
              row -> row.getTimestamp(1).toInstant().getEpochSecond() / 3600 % 24,
              row -> row.getDouble(3))
          .containsExactly(tuple(0), tuple(1), tuple(2), tuple(3), tuple(4));
      ObservationsTable.table(read.layout()).requireConforms(read.observations().schema());
    }
    rows.createOrReplaceTempView("some_observations");
    ReadResult read = ReadStage.read(spark, Sources.table("some_observations").spec());
    assertThat(read.observations().count()).isEqualTo(5);
  }

  @Test
  void readsATableThatIsPublishedBySnapshots() throws IOException {
    TableShape shape =
        new TableShape(
            "t",
            StructType.fromDDL(
                "series_id string, timestamp timestamp, value double, model_id string, day date"),
            List.of("series_id", "timestamp"),
            List.of("day"));
    for (String format : List.of("parquet", "csv", "json")) {
      Path output = folder.resolve(format);
      TableSink sink =
          TableSink.open(
              spark,
              new OutputSpec(
                  output.toString(), format, Map.of(), CommitProtocol.SNAPSHOT, 1 << 20));
      for (int version = 1; version <= 3; version++) {
        sink.replace(
            spark.sql(
                ("select 'a' series_id, timestamp'2024-01-01' + make_interval(0,0,0,id) timestamp,"
                        + " cast(id + %d as double) value, 'm' model_id,"
                        + " date_add(date'2024-01-01', cast(id as int)) day from range(4)")
                    .formatted(version)),
            shape,
            Map.of("model_id", "m"));
      }
      ReadResult read = ReadStage.read(spark, Sources.of(format, output.resolve("t")).spec());
      assertThat(read.rejects().count()).as(format).isZero();
      assertThat(read.observations().orderBy("timestamp").select("value").collectAsList())
          .as(format)
          .extracting(row -> row.getDouble(0))
          .containsExactly(3., 4., 5., 6.);
    }
    SourceSpec every = Sources.of("csv", folder.resolve("csv/t")).values("other").spec();
    assertThatThrownBy(() -> ReadStage.read(spark, every))
        .hasMessageEndingWith("found columns series_id, timestamp, value, model_id, day");
    Path empty = Files.createDirectories(folder.resolve("none/_snapshots")).getParent();
    assertThatThrownBy(() -> ReadStage.read(spark, Sources.of("parquet", empty).spec()))
        .hasMessageContaining("no data file in " + empty);
  }

  @Test
  void readsEveryFileOfAFolderHoweverDeepItLies() throws IOException {
    for (String name : List.of("top.csv", "2024/01/deep.csv", "2024/02/deep.csv")) {
      Files.createDirectories(folder.resolve(name).getParent());
      write(name, "series_id,timestamp,value", "a,2024-01-01,1", "b,2024-01-01,1");
    }
    ReadResult read = ReadStage.read(spark, Sources.of("csv", folder).spec());
    assertThat(read.rejects().count()).isZero();
    assertThat(read.observations().count()).isEqualTo(6);
  }

  @Test
  void takesFoldersOfPartitionsForColumns() throws IOException {
    for (String site : List.of("site=east/day=1", "site=west/day=1")) {
      Files.createDirectories(folder.resolve(site));
      write(site + "/part.csv", "series_id,timestamp,value", "a,2024-01-01,1");
    }
    ReadResult read =
        ReadStage.read(spark, Sources.of("csv", folder).series("site", "series_id").spec());
    assertThat(read.observations().select("series_id").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("east/a", "west/a");
  }

  private static org.assertj.core.groups.Tuple tuple(int i) {
    return org.assertj.core.groups.Tuple.tuple((long) i, (double) i);
  }

  @Test
  void joinsCompositeKeysSoThatTwoKeysNeverMeetAndKeepsTheParts() throws IOException {
    Path file =
        write(
            "a.csv",
            "store,item,timestamp,value,region",
            "a/b,c,2024-01-01,1,north",
            "a,b/c,2024-01-01,1,south",
            "a,,2024-01-01,1,south");
    ReadResult read =
        ReadStage.read(
            spark,
            Sources.of("csv", file).series("store", "item").statics("region", "store").spec());
    assertThat(read.observations().select("series_id", "store", "item", "region").collectAsList())
        .extracting(Row::mkString)
        .containsExactly("a\\/b/ca/bcnorth", "a/b\\/cab/csouth");
    assertThat(reasons(read)).containsExactly("missing series id: column \"item\" is empty");
  }

  @Test
  void takesTheSeriesFromTheFileName() throws IOException {
    write("valve 1+2.v3.csv", "datetime;x y;flag", "2020-03-09 10:14:33;1;0");
    SourceSpec source =
        Sources.of("csv", folder)
            .series(new SeriesSpec(List.of(), "/", true, ""))
            .time(
                new TimeSpec(
                    Optional.of("datetime"),
                    List.of(),
                    "yyyy-MM-dd HH:mm:ss",
                    "UTC",
                    TimeSpec.RepeatedHour.EARLIER,
                    Optional.empty(),
                    Optional.empty()))
            .values("*")
            .past("flag")
            .options(Map.of("sep", ";"))
            .spec();
    ReadResult read = ReadStage.read(spark, source);
    assertThat(read.layout().channels()).containsExactly("x y");
    assertThat(read.observations().head().getString(0)).isEqualTo("valve 1+2.v3");
  }

  @Test
  void readsLocalTimesInTheirZoneAndRejectsThoseThatTheClocksSkipped() throws IOException {
    Path file =
        write(
            "a.csv",
            "series_id,timestamp,value",
            "a,2024-03-31 01:30:00,1",
            "a,2024-03-31 02:30:00,2",
            "a,2024-03-31 03:30:00,3",
            "a,2024-03-31T03:30:00+00:00,4");
    ReadResult read = ReadStage.read(spark, Sources.of("csv", file).zone("Europe/Berlin").spec());
    assertThat(read.observations().collectAsList())
        .extracting(row -> row.getTimestamp(1).toInstant().toString())
        .containsExactly("2024-03-31T00:30:00Z", "2024-03-31T01:30:00Z", "2024-03-31T03:30:00Z");
    assertThat(reasons(read))
        .containsExactly("local time does not exist in Europe/Berlin: \"2024-03-31 02:30:00\"");
  }

  @Test
  void treatsDatesAndTimestampsWithoutZoneAsLocal() {
    Path path = folder.resolve("dates");
    spark
        .sql("select 'a' series_id, date'2024-07-01' timestamp, 1.0 value")
        .write()
        .parquet(path.toString());
    ReadResult read =
        ReadStage.read(spark, Sources.of("parquet", path).zone("Europe/Berlin").spec());
    assertThat(read.observations().head().getTimestamp(1).toInstant())
        .hasToString("2024-06-30T22:00:00Z");
  }

  @Test
  void boundsTimes() throws IOException {
    Path file =
        write(
            "a.csv",
            "series_id,timestamp,value",
            "a,1970-01-01,1",
            "a,2024-01-01,2",
            "a,2204-01-01,2");
    TimeSpec time =
        new TimeSpec(
            Optional.of("timestamp"),
            List.of(),
            "auto",
            "UTC",
            TimeSpec.RepeatedHour.EARLIER,
            Optional.of("2000-01-01T00:00:00Z"),
            Optional.of("2100-01-01T00:00:00Z"));
    ReadResult read = ReadStage.read(spark, Sources.of("csv", file).time(time).spec());
    assertThat(reasons(read))
        .containsExactly(
            "timestamp before 2000-01-01T00:00:00Z: \"1970-01-01\"",
            "timestamp after 2100-01-01T00:00:00Z: \"2204-01-01\"");
  }

  @Test
  void rejectsNotANumberInParquetOrTakesItAsMissing() {
    Path path = folder.resolve("nan");
    spark
        .sql("select 'a' series_id, timestamp'2024-01-01' timestamp, double('NaN') value")
        .write()
        .parquet(path.toString());
    assertThat(reasons(ReadStage.read(spark, Sources.of("parquet", path).spec())))
        .containsExactly("number column \"value\" is not finite as a float: \"NaN\"");
    ReadResult missing =
        ReadStage.read(spark, Sources.of("parquet", path).nonFiniteIsMissing().spec());
    assertThat(missing.rejects().count()).isZero();
    assertThat(missing.observations().head().isNullAt(3)).isTrue();
  }

  @Test
  void namesAMissingPathAndTheNearestOne() throws IOException {
    write("observations.csv", "series_id,timestamp,value");
    Path wrong = folder.resolve("observation.csv");
    assertThatThrownBy(() -> ReadStage.read(spark, Sources.of("csv", wrong).spec()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "path does not exist: "
                + wrong
                + ", did you mean \"observations.csv\"? (key source.paths)");
  }

  @Test
  void namesEveryColumnThatIsMissingOrOfTheWrongType() {
    Path path = folder.resolve("wrong");
    spark
        .sql("select 'a' seriesid, 5L timestamp, array(1.0) value, 1 load")
        .write()
        .parquet(path.toString());
    assertThatThrownBy(
            () -> ReadStage.read(spark, Sources.of("parquet", path).values("value", "lead").spec()))
        .hasMessage(
            "wrong schema in parquet "
                + path
                + ": column \"series_id\" is missing (key source.series.columns), did you mean"
                + " \"seriesid\"?; column \"lead\" is missing (key source.valueColumns), did you mean \"load\"?; column \"value\": expected numbers, found"
                + " array<decimal(2,1)>; column \"timestamp\" holds bigint: say what it counts"
                + " (source.time.format = epoch-seconds, epoch-millis, epoch-micros or epoch-nanos, or a pattern such as yyyyMMdd); found"
                + " columns seriesid, timestamp, value, load");
  }

  @Test
  void namesATruncatedParquetFileOrLeavesItOutAndListsIt() throws IOException {
    Path path = folder.resolve("cut");
    spark
        .sql(
            "select 'a' series_id, timestamp'2024-01-01' + make_interval(0,0,0,0,id) timestamp, 1.0 value from range(0, 10, 1, 2)")
        .write()
        .parquet(path.toString());
    Path victim;
    try (var files = Files.list(path)) {
      victim = files.filter(f -> f.toString().endsWith(".parquet")).sorted().findFirst().get();
    }
    byte[] whole = Files.readAllBytes(victim);
    Files.write(victim, Arrays.copyOf(whole, whole.length - 20));
    Files.deleteIfExists(victim.resolveSibling("." + victim.getFileName() + ".crc"));

    assertThatThrownBy(() -> ReadStage.read(spark, Sources.of("parquet", path).spec()))
        .hasMessageContaining("1 of 2 files unreadable")
        .hasMessageContaining(
            victim.getFileName() + ": truncated or damaged: is not a Parquet file")
        .hasMessageContaining("source.badFiles = skip");
    ReadResult read = ReadStage.read(spark, Sources.of("parquet", path).skipBadFiles().spec());
    assertThat(read.observations().count()).isEqualTo(5);
    Row skipped = read.rejects().head();
    assertThat(skipped.getString(2)).endsWith(victim.getFileName().toString());
    assertThat(skipped.getString(1)).isEqualTo("file");
  }

  private static List<String> reasons(ReadResult read) {
    return read.rejects().collectAsList().stream()
        .map(row -> row.getString(row.fieldIndex(RejectsTable.REASON)))
        .toList();
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
