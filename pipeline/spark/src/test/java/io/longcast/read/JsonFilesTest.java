package io.longcast.read;

import static io.longcast.read.SourceFilesFixture.cells;
import static io.longcast.read.SourceFilesFixture.reasons;
import static io.longcast.read.SourceFilesFixture.used;
import static io.longcast.read.SourceFilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON files as people have them: nested values, several values a line, several lines a value. */
@Tag("once")
class JsonFilesTest {
  private static final String A = "a 2024-01-01T00:00:00Z 1.5";
  private static final String B = "b 2024-01-01T00:00:00Z 2.5";

  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private ReadResult read(Sources source) {
    return ReadStage.read(spark, source.spec());
  }

  private static String row(String id, Object value) {
    return "{\"series_id\": \"%s\", \"timestamp\": \"2024-01-01\", \"value\": %s}"
        .formatted(id, value);
  }

  @Test
  void describesRowsWithoutAScan() throws Exception {
    Path file = write(folder, "a.json", row("a", 1.5), row("b", 2.5));
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    spark.sparkContext().addSparkListener(counter);
    try {
      read(Sources.of("json", file));
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(counter);
    }
    assertThat(jobs).hasValue(0);
  }

  @Test
  void accountsForEveryValueOfALine() {
    Path file =
        write(
            folder,
            "a.json",
            "[]",
            "[{},{}]",
            row("a", 1.5) + row("b", 2.5),
            "[" + row("c", 3) + ", 5, [1]]",
            row("d", 4) + " and more",
            "\"text\"",
            "",
            "null",
            row("e", 5).replace("}", ", \"value\": 6}"),
            row("f", 6).substring(0, 40));
    ReadResult read = read(Sources.of("json", file));
    assertThat(used(read))
        .containsExactly(A, B, "c 2024-01-01T00:00:00Z 3.0", "d 2024-01-01T00:00:00Z 4.0");
    assertThat(reasons(read))
        .containsExactlyInAnyOrder(
            "not a record of json: an empty array",
            "missing series id: column \"series_id\" is empty",
            "missing series id: column \"series_id\" is empty",
            "not a record of json: not a JSON object",
            "not a record of json: not a JSON object",
            "not a record of json: not JSON, or broken off",
            "not a record of json: not a JSON object",
            "not a record of json: not a JSON object",
            "not a record of json: the key \"value\" occurs twice in one object",
            "not a record of json: not JSON, or broken off");
    assertThat(read.parsed().count()).isEqualTo(14);
  }

  @Test
  void takesBooleansAsNumbers() {
    Path file = write(folder, "a.json", row("a", true), row("b", false), row("c", "\"True\""));
    assertThat(used(read(Sources.of("json", file))))
        .containsExactly(
            "a 2024-01-01T00:00:00Z 1.0",
            "b 2024-01-01T00:00:00Z 0.0",
            "c 2024-01-01T00:00:00Z 1.0");
    Path csv = write(folder, "a.csv", "series_id,timestamp,value", "a,2024-01-01,true");
    assertThat(used(read(Sources.of("csv", csv)))).containsExactly("a 2024-01-01T00:00:00Z 1.0");
    Path parquet = folder.resolve("parquet");
    spark
        .sql("select 'a' series_id, date'2024-01-01' timestamp, true value")
        .write()
        .parquet(parquet.toString());
    assertThat(used(read(Sources.of("parquet", parquet))))
        .containsExactly("a 2024-01-01T00:00:00Z 1.0");
  }

  @Test
  void readsPathsIntoObjectsAndIntoObjectsWrittenAsText() {
    Path file =
        write(
            folder,
            "a.json",
            "{\"device\": {\"id\": \"a\"}, \"timestamp\": \"2024-01-01\", \"payload\": {\"temp\": 1.5, \"x\": []}}",
            "{\"device\": {\"id\": \"b\"}, \"timestamp\": \"2024-01-01\", \"payload\": \"{\\\"temp\\\": 2.5}\"}",
            "{\"device\": {\"id\": \"c\"}, \"timestamp\": \"2024-01-01\", \"payload.temp\": 3}",
            "{\"device\": {\"id\": \"d\"}, \"timestamp\": \"2024-01-01\", \"payload\": \"{\\\"temp\"}");
    Sources source = Sources.of("json", file).series("device.id").values("payload.temp");
    assertThat(used(read(source))).containsExactly(A, B, "c 2024-01-01T00:00:00Z 3.0");
    assertThat(reasons(read(source)))
        .singleElement()
        .asString()
        .startsWith("text in number column \"payload.temp\"");
    assertThatThrownBy(() -> read(source.values("payload.tmp")))
        .hasMessageContaining("column \"payload.tmp\" is missing (key source.valueColumns)")
        .hasMessageContaining("did you mean \"payload.temp\"?");
  }

  @Test
  void findsAKeyThatOnlyLaterRowsHave() {
    String[] lines =
        IntStream.range(0, 4000)
            .mapToObj(i -> i < 3999 ? row("a" + i, 1) : row("z", 1).replace("value", "rare"))
            .toArray(String[]::new);
    Path file = write(folder, "a.json", lines);
    ReadResult read = read(Sources.of("json", file).values("value", "rare"));
    assertThat(read.observations().where("rare = 1").count()).isOne();
  }

  @Test
  void readsDocumentsOverSeveralLinesWhereDeclaredAndNamesTheKeyWhereNot() {
    Path file =
        write(folder, "a.json", "[", row("a", 1.5).replace(", ", ",\n"), ",", row("b", 2.5), "]");
    ReadResult whole = read(Sources.of("json", file).options(Map.of("multiLine", "true")));
    assertThat(used(whole)).containsExactly(A, B);
    assertThat(whole.rejects().count()).isZero();
    Path pretty = write(folder, "b.json", "{", "\"series_id\": \"a\"", "}");
    assertThatThrownBy(() -> read(Sources.of("json", pretty)))
        .hasMessageContaining("source.options.multiLine = true");
    Path cut = write(folder, "c.json", "[" + row("a", 1.5) + ",\n" + row("b", 2.5) + ",\n{\"se");
    ReadResult some = read(Sources.of("json", cut).options(Map.of("multiLine", "true")));
    assertThat(used(some)).containsExactly(A, B);
    assertThat(reasons(some)).containsExactly("not a record of json: not JSON, or broken off");
  }

  @Test
  void readsOtherEncodings() {
    Path file =
        write(folder, "a.json", StandardCharsets.UTF_16, row("a", 1.5).replace("value", "Wärme"));
    Sources source = Sources.of("json", file).values("Wärme");
    assertThat(used(read(source.options(Map.of("encoding", "UTF-16"))))).containsExactly(A);
    assertThatThrownBy(() -> read(source.options(Map.of())))
        .hasMessageContaining("source.options.encoding = UTF-16");
  }

  @Test
  void oneBadCellCostsThatCell() {
    Path file =
        write(
            folder,
            "a.json",
            row("a", 1.5).replace("}", ", \"load\": \"n/a\"}"),
            row("b", "\"off\"").replace("}", ", \"load\": [1]}"));
    ReadResult read = read(Sources.of("json", file).values("value", "load"));
    assertThat(used(read)).containsExactly(A + " -");
    assertThat(cells(read)).containsExactly("text in number column \"load\": \"n/a\"");
    assertThat(reasons(read))
        .containsExactly(
            "text in number column \"value\": \"off\"; text in number column \"load\": \"[1]\"");
  }
}
