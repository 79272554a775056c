package io.longcast.read;

import static io.longcast.read.SourceFilesFixture.cells;
import static io.longcast.read.SourceFilesFixture.reasons;
import static io.longcast.read.SourceFilesFixture.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files as people have them: of several schemas, from pandas, damaged. */
@Tag("once")
class ParquetFilesTest {
  private static final String A = "a 2024-01-01T00:00:00Z 1.5";
  private static final String B = "b 2024-01-01T00:00:00Z 2.5";
  private static final String AT = "timestamp'2024-01-01' timestamp";

  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private ReadResult read(Sources source) {
    return ReadStage.read(spark, source.spec());
  }

  private void write(String columns) {
    write("parquet", columns);
  }

  private void write(String format, String columns) {
    String key = "spark.sql.caseSensitive";
    spark.conf().set(key, "true");
    try {
      spark
          .sql("select " + columns)
          .coalesce(1)
          .write()
          .mode("append")
          .format(format)
          .save(folder.resolve("data").toString());
    } finally {
      spark.conf().unset(key);
    }
  }

  private Sources data() {
    return Sources.of("parquet", folder.resolve("data"));
  }

  @Test
  void readsAColumnOfSeveralTypes() {
    write("'a' series_id, " + AT + ", 1 value, 'x' kind");
    write("'b' series_id, " + AT + ", 2.5D value, 7 kind");
    write("'c' series_id, " + AT + ", '3,5' value, 'x' kind");
    write("7 series_id, " + AT + ", true value, 'x' kind");
    ReadResult read = read(data().numbers(",", "").statics("kind"));
    assertThat(used(read))
        .containsExactly(
            "7 2024-01-01T00:00:00Z 1.0",
            "a 2024-01-01T00:00:00Z 1.0",
            B,
            "c 2024-01-01T00:00:00Z 3.5");
  }

  @Test
  void readsWholeNumbersBesideFractions() {
    write("'a' series_id, " + AT + ", 1 value");
    write("'b' series_id, " + AT + ", 2.5D value");
    write("'c' series_id, " + AT + ", cast(3.5 as float) value, 8L load");
    write("'d' series_id, " + AT + ", false value, 9 load");
    assertThat(used(read(data().values("value", "load"))))
        .containsExactly(
            "a 2024-01-01T00:00:00Z 1.0 -",
            B + " -",
            "c 2024-01-01T00:00:00Z 3.5 8.0",
            "d 2024-01-01T00:00:00Z 0.0 9.0");
  }

  @Test
  void refusesTimesThatCannotBeOneColumn() {
    write("'a' series_id, " + AT + ", 1 value");
    write("'b' series_id, date'2024-01-01' timestamp, 1 value");
    assertThatThrownBy(() -> read(data()))
        .hasMessageStartingWith("column \"timestamp\" is ")
        .hasMessageContaining("timestamp in file:")
        .hasMessageContaining("date in file:")
        .hasMessageEndingWith("which cannot be read as one");
  }

  @Test
  void readsAColumnThatOnlySomeFilesHaveAndLeavesIndexesOut() {
    write("'a' series_id, " + AT + ", 1.5D value, 0L `__index_level_0__`, 'OK' state");
    write("'b' series_id, " + AT + ", 2.5D value, 1L `__index_level_0__`, 70D hum");
    ReadResult read = read(data().values("*"));
    assertThat(read.layout().channels()).containsExactlyInAnyOrder("value", "hum");
    assertThat(used(read(data().values("value", "hum")))).containsExactly(A + " -", B + " 70.0");
    assertThat(used(read(data().values("__index_level_0__"))))
        .containsExactly("a 2024-01-01T00:00:00Z 0.0", "b 2024-01-01T00:00:00Z 1.0");
  }

  @Test
  void tellsNamesApartThatDifferInCase() {
    write("'a' series_id, " + AT + ", 1.5D value, -1D Value");
    assertThat(used(read(data()))).containsExactly(A);
    assertThat(used(read(data().values("Value", "value"))))
        .containsExactly("a 2024-01-01T00:00:00Z -1.0 1.5");
  }

  @Test
  void readsPathsIntoStructsMapsAndText() {
    write(
        "struct('a' id) device, "
            + AT
            + ", struct(1.5D temp, struct('2' hum) air) payload, map('x', 3) tags,"
            + " '{\"deep\": {\"v\": 4}}' json");
    write(
        "struct('b' id, 1 no) device, "
            + AT
            + ", struct(struct(5 hum, 6 co2) air, 2 temp) payload, map('x', 7D) tags, '{}' json");
    ReadResult read =
        read(
            data()
                .series("device.id")
                .values("payload.temp", "payload.air.hum", "tags.x", "json.deep.v"));
    assertThat(used(read))
        .containsExactly(
            "a 2024-01-01T00:00:00Z 1.5 2.0 3.0 4.0", "b 2024-01-01T00:00:00Z 2.0 5.0 7.0 -");
  }

  @Test
  void rejectsCellsThatAreNotFiniteAndRowsWithoutAnother() {
    write("'a' series_id, " + AT + ", 1.5D value, double('NaN') temp");
    write("'b' series_id, " + AT + ", double('infinity') value, double('NaN') temp");
    ReadResult read = read(data().values("value", "temp"));
    assertThat(used(read)).containsExactly(A + " -");
    assertThat(cells(read))
        .containsExactly("number column \"temp\" is not finite as a float: \"NaN\"");
    assertThat(reasons(read)).singleElement().asString().contains("\"value\"", "\"temp\"");
  }

  @Test
  void comparesMarksOfMissingNumbersAsNumbers() {
    write("'a' series_id, " + AT + ", 1.5D value, -999D d, cast(-999.9 as float) f, -999 i");
    Sources source = data().values("value", "d", "f", "i").missing("", "-999", "-999.9");
    assertThat(used(read(source))).containsExactly(A + " - - -");
    Path csv =
        SourceFilesFixture.write(
            folder, "a.csv", "series_id,timestamp,value,d,f", "a,2024-01-01,1.5,-999.0,-9.999e2");
    assertThat(
            used(
                read(
                    Sources.of("csv", csv)
                        .values("value", "d", "f")
                        .missing("", "-999", "-999.9"))))
        .containsExactly(A + " - -");
  }

  @Test
  void readsNanosecondsAndIgnoresTypesSparkDoesNotKnow() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary series_id (STRING);"
                + " required int64 timestamp (TIMESTAMP(NANOS,true));"
                + " required double value; required int64 at (TIME(NANOS,true)); }");
    for (String local : List.of("true", "false")) {
      MessageType some =
          MessageTypeParser.parseMessageType(
              schema.toString().replace("TIMESTAMP(NANOS,true)", "TIMESTAMP(NANOS," + local + ")"));
      Path file = folder.resolve(local + ".parquet");
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
              .withType(some)
              .withConf(new Configuration())
              .build()) {
        SimpleGroupFactory rows = new SimpleGroupFactory(some);
        writer.write(
            rows.newGroup()
                .append("series_id", "a")
                .append("timestamp", 1_704_067_200_000_000_000L)
                .append("value", 1.5)
                .append("at", 1L));
        writer.write(
            rows.newGroup()
                .append("series_id", "b")
                .append("timestamp", -1L)
                .append("value", 1.5)
                .append("at", 1L));
      }
    }
    assertThat(used(read(Sources.of("parquet", folder.resolve("true.parquet")))))
        .containsExactly(A, "b 1969-12-31T23:59:59.999999Z 1.5");
    assertThat(
            used(
                read(Sources.of("parquet", folder.resolve("false.parquet")).zone("Europe/Berlin"))))
        .first()
        .isEqualTo("a 2023-12-31T23:00:00Z 1.5");
    assertThatThrownBy(
            () -> read(Sources.of("parquet", folder.resolve("true.parquet")).values("at")))
        .hasMessageContaining("column \"at\": expected numbers, found void");
  }

  @Test
  void leavesDamagedFilesOutAsAWhole() throws IOException {
    for (String format : List.of("parquet", "orc")) {
      Path data = folder.resolve("damaged").resolve(format);
      for (String id : List.of("a", "b", "c")) {
        spark
            .sql(
                "select '%s' series_id, timestamp'2024-01-01' + make_interval(0,0,0,id) timestamp,"
                        .formatted(id)
                    + " rand(1) value from range(0, 20000, 1, 1)")
            .write()
            .mode("append")
            // Pages of Parquet have checksums; ORC notices damage where it decompresses.
            .option("compression", format.equals("orc") ? "zlib" : "none")
            .format(format)
            .save(data.toString());
      }
      List<Path> files;
      try (var all = Files.list(data)) {
        files = all.filter(f -> f.toString().endsWith("." + format)).sorted().toList();
      }
      byte[] pages = Files.readAllBytes(files.get(0));
      for (int i = pages.length / 3; i < pages.length / 3 + 2000; i++) {
        pages[i] ^= 0x5A;
      }
      rewrite(files.get(0), pages);
      byte[] footer = Files.readAllBytes(files.get(1));
      for (int i = footer.length - 60; i < footer.length - 8; i++) {
        footer[i] ^= 0x5A;
      }
      rewrite(files.get(1), java.util.Arrays.copyOf(footer, footer.length - 5));
      ReadResult read = read(Sources.of(format, data).skipBadFiles());
      assertThat(read.observations().count()).as(format).isIn(20_000L, 40_000L);
      assertThat(read.observations().count() + 20_000 * read.rejects().count())
          .as(format)
          .isEqualTo(60_000);
    }
  }

  private static void rewrite(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  @Test
  void keepsFoldersNamesAsTextInEveryFormat() {
    for (String format : List.of("parquet", "orc", "json")) {
      Path data = folder.resolve("folders").resolve(format);
      for (String device : List.of("007", "7")) {
        spark
            .sql("select " + AT + ", 1.5D value")
            .write()
            .format(format)
            .save(data.resolve("device=" + device).toString());
      }
      assertThat(used(read(Sources.of(format, data).series("device"))))
          .as(format)
          .containsExactly("007 2024-01-01T00:00:00Z 1.5", "7 2024-01-01T00:00:00Z 1.5");
      assertThat(read(Sources.of(format, data).series().values("*")).layout().channels())
          .as(format)
          .containsExactly("value");
    }
  }
}
