package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
    assertThat(rows.get(3).<String>getAs("reason")).as("an entry without a session").isNull();
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

  private List<Row> read(LineSpec spec, LogFileSpec files) {
    List<String> paths = List.of(folder.toString());
    List<Row> rows =
        LogReadStage.read(spark, paths, spec, files).collectAsList().stream()
            .sorted(
                Comparator.comparing((Row row) -> row.<Integer>getAs("source_order"))
                    .thenComparing(row -> row.<Long>getAs("source_offset")))
            .toList();
    assertThat(rows.stream().mapToLong(row -> row.<Integer>getAs("lines")).sum())
        .as("every line is in one row")
        .isEqualTo(LogReadStage.count(spark, paths, files));
    return rows;
  }

  private static LogFileSpec encoded(String encoding) {
    return new LogFileSpec(encoding, 1 << 20, LogFileSpec.Order.AUTO);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16, UTF-16LE, \uFEFF",
    "UTF-16, UTF-16BE, \uFEFF",
    "UTF-16, UTF-16LE, ''",
    "UTF-16LE, UTF-16LE, ''",
    "UTF-32, UTF-32LE, \uFEFF",
    "UTF-8, UTF-8, \uFEFF",
    "ISO-8859-1, ISO-8859-1, ''",
    "windows-1252, windows-1252, ''"
  })
  void readsEveryDeclaredEncoding(String declared, String written, String mark) throws IOException {
    String text =
        "2024-01-01T00:00:00Z INFO [a] größer\r\n2024-01-01T00:00:01Z INFO [b] zwei\r\n\r\nno header";
    Files.write(folder.resolve("log"), (mark + text).getBytes(Charset.forName(written)));
    List<Row> rows = read(spec(LogForm.PATTERN, Map.of(), false), encoded(declared));
    assertThat(column(rows, "content")).containsExactly("größer", "zwei", "null", "null");
    assertThat(column(rows, "reject")).containsExactly("null", "null", "BLANK", "NO_HEADER");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, \uFEFF", "UTF-16BE, \uFEFF", "UTF-16LE, ''", "UTF-16BE, ''"})
  void namesTheEncodingThatIsNotDeclared(String written, String mark) throws IOException {
    String text = "2024-01-01T00:00:00Z INFO [a] one\n2024-01-01T00:00:01Z INFO [b] two\n";
    Files.write(folder.resolve("log"), (mark + text).getBytes(Charset.forName(written)));
    for (String pattern : List.of("<Timestamp> <Level> [<Session>] <Content>", "<Content>")) {
      LineSpec spec =
          new LineSpec(LogForm.PATTERN, pattern, Map.of(), "", 0, "UTC", "", Duration.ZERO, false);
      List<Row> rows = read(spec, LogFileSpec.defaults());
      assertThat(column(rows, "reject"))
          .as("of little-endian text half a line feed is left")
          .hasSizeBetween(2, 3)
          .isSubsetOf("WRONG_ENCODING", "BLANK")
          .startsWith("WRONG_ENCODING", "WRONG_ENCODING");
      assertThat(rows.stream().filter(row -> row.getAs("content") != null)).isEmpty();
    }
  }

  @Test
  void stripsColoursAndTheNulsOfACrash() throws IOException {
    Files.writeString(
        folder.resolve("log"),
        "\u001b[32m2024-01-01T00:00:00Z\u001b[0m INFO [a] \u001b[1mone\u001b[m\n"
            + "\0".repeat(5000)
            + "2024-01-01T00:00:01Z INFO [b] two\n"
            + "\0".repeat(100));
    List<Row> rows = read(spec(LogForm.PATTERN, Map.of(), false), LogFileSpec.defaults());
    assertThat(column(rows, "content")).containsExactly("one", "two", "null");
    assertThat(column(rows, "reject")).containsExactly("null", "null", "BLANK");
    Files.writeString(
        folder.resolve("log"),
        "{\"ts\":\"2024-01-01T00:00:00Z\",\"msg\":\"\\u001b[31mred\\u001b[0m alert\\n\"}\n");
    Map<String, String> fields = Map.of("timestamp", "<ts>", "content", "<msg>");
    assertThat(
            column(
                read(spec(LogForm.JSON_LINES, fields, false), LogFileSpec.defaults()), "content"))
        .containsExactly("red alert");
  }

  /** A run stopped at such lines: at the first for ever, at the second with an overflow. */
  @ParameterizedTest
  @EnumSource(LogForm.class)
  void hostileLinesOfAMegabyteTakeLinearTime(LogForm form) throws IOException {
    int length = 1_000_000;
    List<String> lines =
        List.of(
            "x" + " ".repeat(length) + "y",
            "prose without a colon ".repeat(length / 22),
            "<13>1 - h a p m [x a=\"" + "y\\\"".repeat(length / 3),
            "{\"a\":".repeat(length / 5),
            "{\"a\":\"" + "\\u001b]".repeat(length / 7) + "\"}",
            "2024-01-01T00:00:00Z INFO [" + "[".repeat(length),
            "2024-01-01T00:00:00Z INFO [s] " + "1, ".repeat(length / 3));
    Files.writeString(folder.resolve("log"), String.join("\n", lines) + "\nlast");
    for (int limit : new int[] {1 << 16, 1 << 21}) {
      List<Row> rows =
          read(
              new LineSpec(
                  form,
                  "<Timestamp> <Level> [<Session>] <Component>: <Content>",
                  form == LogForm.JSON_LINES ? Map.of("content", "<a>") : Map.of(),
                  "",
                  2024,
                  "UTC",
                  "",
                  Duration.ZERO,
                  false),
              new LogFileSpec("UTF-8", limit, LogFileSpec.Order.AUTO));
      assertThat(rows.stream().filter(row -> "TOO_LONG".equals(row.getAs("reject"))).count())
          .isEqualTo(limit == 1 << 16 ? 7 : 0);
    }
  }

  @Test
  void anEntryOfManyLinesIsLimitedToo() throws IOException {
    String line = "  at some.where.in(the.Code)\n";
    Files.writeString(
        folder.resolve("log"),
        "2024-01-01T00:00:00Z INFO [a] failed\n"
            + line.repeat(100)
            + "2024-01-01T00:00:01Z INFO [a] next\n");
    List<Row> rows =
        read(
            spec(LogForm.PATTERN, Map.of(), true),
            new LogFileSpec("UTF-8", 1024, LogFileSpec.Order.AUTO));
    Row first = rows.get(0);
    assertThat(first.<String>getAs("line").length()).isBetween(900, 1024);
    assertThat(rows.stream().filter(row -> "TOO_LONG".equals(row.getAs("reject"))))
        .hasSize(101 - first.<Integer>getAs("lines"));
    assertThat(column(rows, "content")).endsWith("next");
  }

  @Test
  void yearsAndRepeatedHoursDoNotDependOnHowFilesAreCut() throws IOException {
    String most = "mapreduce.input.fileinputformat.split.maxsize";
    var settings = JavaSparkContext.fromSparkContext(spark.sparkContext()).hadoopConfiguration();
    ZoneId zone = ZoneId.of("Europe/Berlin");
    DateTimeFormatter written = DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ENGLISH);
    List<String> times = new ArrayList<>();
    List<StringBuilder> files =
        List.of(new StringBuilder(), new StringBuilder(), new StringBuilder());
    Instant at = Instant.parse("2021-10-30T22:00:00Z");
    for (int i = 0; i < 3000; i++) {
      times.add(at.toString());
      files
          .get(i / 1000)
          .append(written.format(at.atZone(zone)))
          .append(" host app[1]: line ")
          .append(i)
          .append('\n');
      at = at.plusSeconds(i % 1000 < 200 ? 60 : 40_000);
    }
    gzip("app.log.2.gz", files.get(0).toString());
    Files.writeString(folder.resolve("app.log.1"), files.get(1));
    Files.writeString(folder.resolve("app.log"), files.get(2));
    settings.set(most, "5000");
    try {
      LineSpec spec =
          new LineSpec(
              LogForm.SYSLOG_3164,
              "",
              Map.of(),
              "",
              Instant.parse(times.get(2999)).atZone(zone).getYear(),
              zone.getId(),
              "",
              Duration.ZERO,
              false);
      List<Row> rows = read(spec, LogFileSpec.defaults());
      assertThat(rows.stream().map(row -> row.<Timestamp>getAs("timestamp").toInstant().toString()))
          .isEqualTo(times);
    } finally {
      settings.unset(most);
    }
  }

  @Test
  void filesWithoutTimesInAnOpenOrderAreRefused() throws IOException {
    Files.writeString(folder.resolve("app.log"), "[a] new\n");
    Files.writeString(folder.resolve("app.1.log"), "[a] old\n");
    LineSpec spec = LineSpec.plain("[<Session>] <Content>");
    assertThatThrownBy(() -> read(spec, LogFileSpec.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("app.1.log")
        .hasMessageContaining("(key logs.files.order)");
    List<Row> rows = read(spec, new LogFileSpec("UTF-8", 1 << 20, LogFileSpec.Order.NAME));
    assertThat(column(rows, "content")).containsExactly("old", "new");
    rows = read(spec, new LogFileSpec("UTF-8", 1 << 20, LogFileSpec.Order.REVERSE_NAME));
    assertThat(column(rows, "content")).containsExactly("new", "old");
  }

  private void gzip(String name, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
