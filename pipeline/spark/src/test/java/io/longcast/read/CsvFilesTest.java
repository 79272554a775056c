package io.longcast.read;

import static io.longcast.read.SourceFilesFixture.reasons;
import static io.longcast.read.SourceFilesFixture.used;
import static io.longcast.read.SourceFilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files as people have them: their headers, their surroundings, their encodings. */
@Tag("once")
class CsvFilesTest {
  private static final String A = "a 2024-01-01T00:00:00Z 1.5";
  private static final String B = "b 2024-01-01T00:00:00Z 2.5";

  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private ReadResult read(Sources source) {
    return ReadStage.read(spark, source.spec());
  }

  @Test
  void readsEachFileByItsOwnHeader() {
    write(folder, "1.csv", "series_id,timestamp,value", "a,2024-01-01,1.5");
    write(folder, "2.csv", "timestamp,humidity,value,series_id", "2024-01-01,55,2.5,b");
    write(folder, "3.csv", "value,series_id,timestamp,", "3.5,c,2024-01-01,");
    ReadResult read = read(Sources.of("csv", folder));
    assertThat(used(read)).containsExactly(A, B, "c 2024-01-01T00:00:00Z 3.5");
    assertThat(read.rejects().count()).isZero();
  }

  @Test
  void readsAColumnThatOnlyOneOfTheFilesHas() {
    write(folder, "1.csv", "series_id,timestamp,value", "a,2024-01-01,1.5");
    write(folder, "2.csv", "series_id,timestamp,humidity,value", "b,2024-01-01,55,2.5");
    assertThat(used(read(Sources.of("csv", folder).values("*"))))
        .containsExactly(A + " -", B + " 55.0");
    assertThat(used(read(Sources.of("csv", folder).values("value", "humidity"))))
        .containsExactly(A + " -", B + " 55.0");
  }

  @Test
  void passesOverColumnsWithoutANameAndBlanksAroundNames() {
    Path index = write(folder, "index.csv", ",series_id, timestamp , value", "0,a,2024-01-01,1.5");
    Path commas =
        write(
            folder,
            "commas.csv",
            "series_id,timestamp,value,,",
            "a,2024-01-01,1.5,,",
            "b,2024-01-01, 2.5");
    assertThat(used(read(Sources.of("csv", index)))).containsExactly(A);
    assertThat(used(read(Sources.of("csv", index).values("*")))).containsExactly(A);
    assertThat(used(read(Sources.of("csv", commas)))).containsExactly(A, B);
  }

  @Test
  void refusesADoubledColumnOnlyIfItIsAskedFor() {
    Path file =
        write(folder, "a.csv", "series_id,timestamp,value,note,note", "a,2024-01-01,1.5,2,3");
    assertThat(used(read(Sources.of("csv", file)))).containsExactly(A);
    for (String asked : List.of("note", "*")) {
      assertThatThrownBy(() -> read(Sources.of("csv", file).values(asked)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "column \"note\" occurs twice in a header (key source.valueColumns)")
          .hasMessageContaining("source.query");
    }
    String query = "SELECT series_id, timestamp, note_2 AS value FROM source";
    assertThat(used(read(Sources.of("csv", file).query(query))))
        .containsExactly("a 2024-01-01T00:00:00Z 3.0");
  }

  @Test
  void tellsNamesApartThatDifferInCase() {
    Path file = write(folder, "a.csv", "series_id,timestamp,value,Value", "a,2024-01-01,1.5,-1");
    assertThat(used(read(Sources.of("csv", file)))).containsExactly(A);
    assertThat(used(read(Sources.of("csv", file).values("Value", "value"))))
        .containsExactly("a 2024-01-01T00:00:00Z -1.0 1.5");
  }

  @Test
  void findsTheHeaderBelowAPreambleAndPassesOverUnits() {
    Path file =
        write(
            folder,
            "a.csv",
            "Logger: TH-1, hall",
            "",
            "Exported: 2024-02-01",
            "series_id,timestamp,value",
            ",,degC",
            "a,2024-01-01,1.5");
    assertThat(used(read(Sources.of("csv", file).csv(0, 1)))).containsExactly(A);
    assertThat(used(read(Sources.of("csv", file).csv(4, 1)))).containsExactly(A);
    assertThat(reasons(read(Sources.of("csv", file))))
        .containsExactly(
            "missing series id: column \"series_id\" is empty;"
                + " text in number column \"value\": \"degC\"");
  }

  @Test
  void readsAnnotatedFilesWithSeveralTables() {
    Path file =
        write(
            folder,
            "flux.csv",
            "#group,false,false,false,false",
            "#datatype,string,long,dateTime:RFC3339,double",
            "#default,_result,,,",
            ",result,table,_time,_value,host",
            ",,0,2024-01-01T00:00:00Z,1.5,a",
            "",
            "#group,false,false,false,false",
            "#datatype,string,long,string,double,dateTime:RFC3339",
            "#default,_result,,,",
            ",result,table,host,_value,_time",
            ",,1,b,2.5,2024-01-01T00:00:00Z");
    TimeSpec time = Sources.timeIn("_time");
    Sources source = Sources.of("csv", file).series("host").time(time).values("_value");
    assertThat(used(read(source))).containsExactly(A, B);
    assertThat(read(source).rejects().count()).isZero();
  }

  @Test
  void readsOtherEncodingsWhereDeclaredAndNamesThemWhereNot() {
    String[] lines = {"Gerät;timestamp;value", "a;2024-01-01;1.5"};
    Map<String, String> semicolon = Map.of("sep", ";");
    for (String encoding : List.of("UTF-16", "UTF-16LE", "windows-1252")) {
      Path file =
          write(folder, encoding + ".csv", java.nio.charset.Charset.forName(encoding), lines);
      Sources source =
          Sources.of("csv", file).series("Gerät").options(Map.of("sep", ";", "encoding", encoding));
      assertThat(used(read(source))).as(encoding).containsExactly(A);
    }
    Path marked = write(folder, "bom.csv", "\uFEFFGerät;timestamp;value", "a;2024-01-01;1.5");
    assertThat(used(read(Sources.of("csv", marked).series("Gerät").options(semicolon))))
        .containsExactly(A);
    assertThatThrownBy(
            () ->
                read(
                    Sources.of("csv", folder.resolve("UTF-16.csv"))
                        .series("Gerät")
                        .options(semicolon)))
        .hasMessageContaining("encoded as UTF-16")
        .hasMessageContaining("source.options.encoding = UTF-16");
  }

  @Test
  void namesTheSeparatorThatFitsAndTheKeyOfAMissingColumn() {
    Path file = write(folder, "a.csv", "series_id;timestamp;value", "a;2024-01-01;1,5");
    assertThatThrownBy(() -> read(Sources.of("csv", file)))
        .hasMessageContaining("column \"timestamp\" is missing (key source.time.column)")
        .hasMessageContaining("source.options.sep = \";\"");
    assertThatThrownBy(() -> read(Sources.of("csv", file).values("*")))
        .hasMessageContaining("source.options.sep = \";\"");
    Path tabs = write(folder, "a.tsv", "id\ttimestamp\tvalue", "a\t2024-01-01\t1.5");
    assertThatThrownBy(() -> read(Sources.of("csv", tabs)))
        .hasMessageContaining("source.options.sep = \"\\t\"");
  }

  @Test
  void explainsQuotedLineBreaks() {
    Path file =
        write(
            folder,
            "a.csv",
            "series_id,timestamp,note,value",
            "a,2024-01-01,\"one",
            "two\",1.5",
            "b,2024-01-01,\"say \"\"hi\"\", ok\",2.5");
    ReadResult lines = read(Sources.of("csv", file));
    assertThat(used(lines)).containsExactly(B);
    assertThat(reasons(lines)).hasSize(2).allMatch(r -> r.contains("source.options.multiLine"));
    ReadResult whole = read(Sources.of("csv", file).options(Map.of("multiLine", "true")));
    assertThat(used(whole)).containsExactly(A, B);
    assertThat(whole.rejects().count()).isZero();
  }

  @Test
  void losesNoRowInAQuotationThatIsNeverClosed() {
    Path file =
        write(
            folder,
            "a.csv",
            "series_id,timestamp,value,note",
            "a,2024-01-01,1.5,\"open",
            "b,2024-01-01,2.5,x");
    ReadResult read = read(Sources.of("csv", file).options(Map.of("multiLine", "true")));
    assertThat(used(read)).isEmpty();
    assertThat(reasons(read)).singleElement().asString().contains("is never closed");
  }

  @Test
  void readsAFileInPartsByTheHeaderAtItsBeginning() throws IOException {
    String[] lines = new String[403];
    lines[0] = "a logger's file";
    lines[1] = "timestamp,value,series_id";
    lines[2] = ",degC,";
    for (int i = 0; i < 400; i++) {
      lines[3 + i] = "2024-01-01T%02d:%02d:00,%d,s%d".formatted(i / 60 % 24, i % 60, i, i / 1440);
    }
    Path file = write(folder, "a.csv", lines);
    String key = "spark.sql.files.maxPartitionBytes";
    for (String bytes : List.of("10", "1000", "7000")) {
      if (bytes.equals("10")) {
        Files.write(file, List.of(Arrays.copyOf(lines, 20)));
      } else {
        write(folder, "a.csv", lines);
      }
      spark.conf().set(key, bytes);
      try {
        ReadResult read = read(Sources.of("csv", file).csv(0, 1));
        assertThat(read.parsed().rdd().getNumPartitions()).isGreaterThan(1);
        long rows = bytes.equals("10") ? 17 : 400;
        assertThat(read.observations().count()).as(bytes).isEqualTo(rows);
        assertThat(read.observations().select("value").distinct().count()).isEqualTo(rows);
        assertThat(read.rejects().count()).isZero();
      } finally {
        spark.conf().unset(key);
      }
    }
  }

  @Test
  void namesADamagedFileOrLeavesItOutAsAWhole() throws IOException {
    write(folder, "1.csv", "series_id,timestamp,value", "a,2024-01-01,1.5");
    Path packed = folder.resolve("2.csv.gz");
    byte[] text =
        ("series_id,timestamp,value\n"
                + String.join(
                    "\n",
                    IntStream.range(0, 50_000)
                        .mapToObj(i -> "b,2024-01-01,%d".formatted(i * 7919L % 10007))
                        .toList()))
            .getBytes(StandardCharsets.UTF_8);
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text);
    }
    byte[] whole = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(whole, whole.length * 3 / 4));
    write(folder, "3.csv", "x1,2024-01-01,1.5", "x2,2024-01-01,1.5");

    ReadResult read = read(Sources.of("csv", folder).skipBadFiles());
    assertThat(used(read)).containsExactly(A);
    assertThat(reasons(read))
        .hasSize(2)
        .anyMatch(reason -> reason.startsWith("damaged: java.io.EOFException"))
        .anyMatch(
            reason -> reason.contains("names any of the columns series_id, timestamp, value"));
    assertThatThrownBy(() -> read(Sources.of("csv", folder)))
        .hasMessageContaining("1 of 3 files unreadable")
        .hasMessageContaining("3.csv: ");
  }

  @Test
  void readsFilesWithoutAHeaderByTheirPlaces() {
    Path file = write(folder, "a.csv", "a,2024-01-01,1.5", "b,2024-01-01,2.5");
    TimeSpec time = Sources.timeIn("_c1");
    Sources source =
        Sources.of("csv", file)
            .options(Map.of("header", "false"))
            .series("_c0")
            .time(time)
            .values("_c2");
    assertThat(used(read(source))).containsExactly(A, B);
  }

  @Test
  void keepsFoldersNamesAsText() {
    for (String device : List.of("007", "7", "010")) {
      write(folder, "device=" + device + "/a.csv", "timestamp,value", "2024-01-01,1.5");
    }
    write(folder, "top.csv", "device,timestamp,value", "x,2024-01-01,1.5");
    ReadResult read = read(Sources.of("csv", folder).series("device"));
    assertThat(read.observations().select("series_id").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("007", "7", "010", "x");
    ReadResult one = read(Sources.of("csv", folder.resolve("device=007")).series("device"));
    assertThat(used(one)).containsExactly("007 2024-01-01T00:00:00Z 1.5");
  }

  @Test
  void readsPathsWithSignsOfPatterns() {
    write(folder, "x [1]/deep/{a}?.csv", "series_id,timestamp,value", "a,2024-01-01,1.5");
    assertThat(used(read(Sources.of("csv", folder)))).containsExactly(A);
  }

  @Test
  @Tag("long")
  void readsThousandsOfFilesOfDifferentHeaders() {
    int files = 1500;
    for (int i = 0; i < files; i++) {
      write(
          folder,
          "%d/%d.csv".formatted(i % 7, i),
          i % 3 == 0
              ? "series_id,timestamp,value"
              : "timestamp,x%d,value,series_id".formatted(i % 5),
          i % 3 == 0 ? "s,2024-01-01,%d".formatted(i) : "2024-01-01,0,%d,s".formatted(i));
    }
    ReadResult read = read(Sources.of("csv", folder));
    assertThat(read.observations().selectExpr("sum(value)").head().getDouble(0))
        .isEqualTo(files * (files - 1) / 2.0);
    assertThat(read.observations().count()).isEqualTo(files);
    assertThat(read.rejects().count()).isZero();
  }
}
