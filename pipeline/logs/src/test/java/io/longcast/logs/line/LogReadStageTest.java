package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of each form on the executors: no line is lost, and each leads back to its place. */
class LogReadStageTest {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private static LineSpec spec(LogForm form, Map<String, String> fields, boolean multiline) {
    String pattern = form == LogForm.PATTERN ? "<Timestamp> <Level> [<Session>] <Content>" : "";
    return new LineSpec(form, pattern, fields, "iso", 2024, "UTC", "", Duration.ZERO, multiline);
  }

  private List<Row> read(LineSpec spec, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("log"), text);
    List<Row> rows =
        LogReadStage.read(spark, List.of(folder.toString()), spec, LogFileSpec.defaults())
            .collectAsList()
            .stream()
            .sorted(Comparator.comparingLong(row -> row.getLong(1)))
            .toList();
    byte[] bytes = Files.readAllBytes(file);
    for (Row row : rows) {
      byte[] line = row.<String>getAs("line").getBytes(StandardCharsets.UTF_8);
      int from = (int) row.getLong(1);
      assertThat(java.util.Arrays.copyOfRange(bytes, from, from + line.length)).isEqualTo(line);
    }
    assertThat(rows.stream().mapToInt(row -> row.<Integer>getAs("lines")).sum())
        .as("every line is in one row")
        .isEqualTo((int) text.lines().count());
    return rows;
  }

  private static List<String> column(List<Row> rows, String name) {
    return rows.stream().map(row -> row.<Object>getAs(name)).map(String::valueOf).toList();
  }

  @Test
  void rejectsSayWhyAndAllElseIsAnEntry() throws IOException {
    List<Row> rows =
        read(
            spec(LogForm.PATTERN, Map.of(), false),
            """
            2024-01-01T00:00:00Z INFO [a] begun
            no header

            2024-01-01T25:00:00Z INFO [a] late
            2024-01-01T00:00:01Z WARN [ä] größer
            """);
    assertThat(column(rows, "session_id")).containsExactly("a", "null", "null", "null", "ä");
    assertThat(column(rows, "content")).containsExactly("begun", "null", "null", "null", "größer");
    assertThat(rows.get(1).<String>getAs("reason")).contains("no header of form <Timestamp>");
    assertThat(rows.get(2).<String>getAs("reason")).isEqualTo("blank line");
    assertThat(rows.get(3).<String>getAs("reason")).startsWith("timestamp: ").contains("25");
    assertThat(column(rows, "timestamp").get(4)).startsWith("2024-01-01 00:00:01");
  }

  @Test
  void aLineWithoutAHeaderGoesOnTheEntryBefore() throws IOException {
    List<Row> rows =
        read(
            spec(LogForm.PATTERN, Map.of(), true),
            """
                at the.start
            2024-01-01T00:00:00Z ERROR [a] failed
            java.lang.IllegalStateException: no
                at core.Task.run
            2024-01-01T00:00:01Z INFO [b] next
            """);
    assertThat(column(rows, "lines")).containsExactly("1", "3", "1");
    assertThat(rows.get(0).<String>getAs("reason")).as("there is none before").isNotNull();
    assertThat(rows.get(1).<String>getAs("content"))
        .isEqualTo("failed\njava.lang.IllegalStateException: no\n    at core.Task.run");
    assertThat(column(rows, "session_id")).containsExactly("null", "a", "b");
  }

  @Test
  void readsJsonLines() throws IOException {
    List<Row> rows =
        read(
            spec(
                LogForm.JSON_LINES,
                Map.of("timestamp", "<ts>", "content", "<msg>", "session", "<device>"),
                false),
            """
            {"ts":"2024-01-01T00:00:00Z","level":"warn","msg":"a \\"b\\"","device":"d1"}
            {"ts":"2024-01-01T00:00:00Z","msg":
            [1]
            {"ts":"2024-01-01T00:00:00Z","msg":"of nobody"}
            """);
    assertThat(column(rows, "content")).containsExactly("a \"b\"", "null", "null", "of nobody");
    assertThat(column(rows, "session_id")).containsExactly("d1", "null", "null", "null");
    assertThat(rows.get(1).<String>getAs("reason")).startsWith("not one JSON object");
    assertThat(rows.get(2).<String>getAs("reason"))
        .isEqualTo("not a JSON object but of type array");
    assertThat(rows.get(3).isNullAt(9)).as("an entry without a session").isTrue();
  }

  @Test
  void readsBothFormsOfSyslog() throws IOException {
    List<Row> old =
        read(
            spec(LogForm.SYSLOG_3164, Map.of("session", "<host>"), false),
            """
            <34>Oct 11 22:14:15 gate su[99]: 'su root' failed
            not syslog
            """);
    assertThat(column(old, "level")).containsExactly("crit", "null");
    assertThat(column(old, "session_id")).containsExactly("gate", "null");
    assertThat(old.get(1).<String>getAs("reason")).contains("syslog_3164");
    List<Row> newer =
        read(
            spec(LogForm.SYSLOG_5424, Map.of("session", "<host>/<pid>"), false),
            """
            <165>1 2024-10-11T22:14:15.003Z gate app 7 ID47 [x@1 a="1"] An event
            <34>Oct 11 22:14:15 gate su[99]: 'su root' failed
            """);
    assertThat(column(newer, "session_id")).containsExactly("gate/7", "null");
    assertThat(column(newer, "timestamp").get(0)).isEqualTo("2024-10-11 22:14:15.003");
    assertThat(newer.get(1).<String>getAs("reason")).contains("syslog_5424");
  }

  @Test
  void splitsOfAFileLoseAndRepeatNothing() throws IOException {
    String most = "mapreduce.input.fileinputformat.split.maxsize";
    var settings = JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append("2024-01-01T00:00:00Z INFO [s").append(i).append("] line ").append(i);
      text.append(i % 5 == 0 ? "\n  goes on\n" : "\n");
    }
    settings.set(most, "1000");
    try {
      LineSpec lines = spec(LogForm.PATTERN, Map.of(), false);
      List<Row> cut = read(lines, text.toString());
      assertThat(
              LogReadStage.read(spark, List.of(folder.toString()), lines, LogFileSpec.defaults())
                  .rdd()
                  .getNumPartitions())
          .as("the file is cut")
          .isGreaterThan(10);
      assertThat(column(cut, "content").stream().filter(c -> c.startsWith("line"))).hasSize(400);
      List<Row> whole = read(spec(LogForm.PATTERN, Map.of(), true), text.toString());
      assertThat(whole).as("entries of several lines are not cut").hasSize(400);
      assertThat(column(whole, "lines").stream().filter("2"::equals)).hasSize(80);
    } finally {
      settings.unset(most);
    }
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(
            () ->
                LogReadStage.read(
                    spark,
                    List.of(folder.resolve("absent").toString()),
                    spec(LogForm.PATTERN, Map.of(), false),
                    LogFileSpec.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path does not exist: ")
        .hasMessageContaining("logs.paths");
  }
}
