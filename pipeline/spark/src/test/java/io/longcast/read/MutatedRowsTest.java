package io.longcast.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.clean.CleanResult;
import io.longcast.clean.CleanStage;
import io.longcast.clean.Cleaning;
import io.longcast.clean.RowCounts;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the rows of text files hold, each is used or rejected. */
@Tag("once")
@Tag("long")
class MutatedRowsTest {
  private static final int ROWS = 6000;
  private static final String[] PIECES = {
    "",
    "\"",
    "\"\"",
    ",",
    ",,,",
    ";",
    "{",
    "}",
    "{}",
    "[]",
    "[{},{}]",
    "\\",
    "'",
    "null",
    "NaN",
    "-",
    "1e999",
    "9".repeat(400),
    "\t",
    " ",
    "\u0000",
    "\uFEFF",
    "é",
    "\uD83D\uDE00",
    "2024-13-45",
    "#",
    "[",
    "]",
    ":",
    "\"value\":1",
    "x".repeat(5000),
    "\u2028",
    "\u0085",
    "0x1p3",
    "true",
    "1,5"
  };

  private final SparkSession spark = SharedSession.get();
  private final Random random = new Random(7);
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void accountsForEveryRow(String format) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      lines.add(mutated(row(format, i)));
    }
    // A first line that is whole, so that the columns are known.
    lines.set(0, format.equals("csv") ? "series_id,timestamp,value,load" : row(format, 0));
    Path file = folder.resolve("a." + format);
    Files.write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    Sources source = Sources.of(format, file).values("value", "load");

    ReadResult read = ReadStage.read(spark, source.spec());
    long rows = read.parsed().count();
    assertThat(read.observations().count() + read.rejects().count()).isEqualTo(rows);
    long written = lines.stream().filter(line -> !line.isBlank()).count();
    if (format.equals("csv")) {
      assertThat(rows).isEqualTo(written - 1);
    } else {
      assertThat(rows).isGreaterThanOrEqualTo(written);
    }
    try (CleanResult clean = CleanStage.clean(read, Cleaning.hourly().spec(), Optional.empty())) {
      RowCounts counts = clean.reconcile();
      assertThat(counts.read()).isEqualTo(rows);
      assertThat(counts.used() + counts.rejected()).isEqualTo(rows);
      assertThat(counts.used()).isGreaterThan(ROWS / 4);
      assertThat(clean.rejects().count()).isEqualTo(counts.rejected());
      assertThat(clean.rejectedCells().count()).isEqualTo(counts.cells()).isPositive();
    }
  }

  private static String row(String format, int i) {
    String time = "2024-%02d-%02dT%02d:00:00".formatted(1 + i / 672 % 12, 1 + i / 24 % 28, i % 24);
    return format.equals("csv")
        ? "s%d,%s,%d.5,%d".formatted(i % 5, time, i % 100, i % 7)
        : "{\"series_id\":\"s%d\",\"timestamp\":\"%s\",\"value\":%d.5,\"load\":%d}"
            .formatted(i % 5, time, i % 100, i % 7);
  }

  /** The row with none to three of its characters exchanged, put in, left out, or cut off. */
  private String mutated(String row) {
    StringBuilder text = new StringBuilder(row);
    for (int times = random.nextInt(4); times > 0 && text.length() > 0; times--) {
      int at = random.nextInt(text.length());
      String piece = PIECES[random.nextInt(PIECES.length)];
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, piece);
        case 1 -> text.replace(at, Math.min(text.length(), at + 1 + random.nextInt(8)), piece);
        case 2 -> text.deleteCharAt(at);
        default -> text.setLength(random.nextInt(10) == 0 ? at : text.length());
      }
    }
    return text.toString();
  }
}
