package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own scan, by which a stream of files goes, reads the lines in its tasks. */
class LogFileFormatTest {
  @TempDir Path folder;

  @Test
  void readsEachLineWithItsPlaceInAScanOfSpark() throws IOException {
    Files.writeString(folder.resolve("log"), "first\nzweite größer\n\nlast");
    LineSpec lines =
        new LineSpec(
            LogForm.PATTERN, "<Content>", Map.of(), "", 2024, "UTC", "", Duration.ZERO, false);
    Dataset<Row> scan =
        SharedSession.get()
            .read()
            .format(LogFileFormat.class.getName())
            .schema(LogFileFormat.SCHEMA)
            .options(LogFileFormat.options(lines, LogFileSpec.defaults()))
            .load(folder.toString());
    List<String> read =
        scan
            .selectExpr("concat(line_offset, ' ', line_text)")
            .orderBy("line_offset")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(read).containsExactly("0 first", "6 zweite größer", "22 ", "23 last");
  }
}
