package io.longcast.read.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.longcast.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every record of a text file of any content becomes a row, with a problem or without. */
class TextRowsFuzzTest {
  private static final String[] CELLS = {"series_id", "timestamp", "value", "load"};
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "series_id string, timestamp string, value string, load string, `"
              + TextColumns.RECORD
              + "` string, `"
              + TextColumns.PROBLEM
              + "` string");
  private static final TextOptions OPTIONS = new TextOptions(Map.of(), List.of(CELLS), 0, 0, false);

  /** Buffers of the parsers and the tables of numbers. */
  private static final long BUFFERS = 8 << 20;

  private static final String[] PIECES = {
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
    "[",
    "]",
    "\\",
    "\\u0000",
    "'",
    "null",
    "NaN",
    "-",
    "1e999",
    "9".repeat(400),
    ",123",
    "123,",
    "1.234.567,8",
    "\t",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\u0000",
    "\uFEFF",
    "\u00E9",
    "\uD83D\uDE00",
    "2024-13-45",
    "#",
    ":",
    "true",
    "\"value\":1,",
    "\"value\":{\"value\":",
    "x".repeat(2000),
    "\u2028",
    "\u0085",
    "0x1p3",
    "1,5"
  };
  private static final List<byte[]> BYTES =
      Stream.of(PIECES).map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();

  private final NumberText numbers = new NumberText(NumberSpec.PLAIN, List.of("", "NA"));
  private final NumberText commas =
      new NumberText(new NumberSpec(",", ".", List.of("°C")), List.of("-999"));

  private static List<byte[]> files(boolean csv) {
    List<byte[]> files = new ArrayList<>();
    for (int file = 0; file < 8; file++) {
      StringBuilder text = new StringBuilder(csv ? String.join(",", CELLS) + "\n" : "");
      for (int i = 0; i < 1 + 3 * file; i++) {
        text.append(
            (csv
                    ? "s%d,2024-01-01T%02d:00:00,%d.5,\"%d\"%n"
                    : "{\"series_id\":\"s%d\",\"timestamp\":\"2024-01-01T%02d:00:00\","
                        + "\"value\":%d.5,\"load\":%d}%n")
                .formatted(i % 5, i % 24, i % 100, i % 7));
      }
      files.add(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private void csv(byte[] input) {
    List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
    CsvFile file = new CsvFile(OPTIONS);
    CsvFile.Start start =
        file.start(file.take(new CsvLineRecords(lines.iterator(), file.dialect())));
    CsvDataRecords data = file.data(new CsvLineRecords(lines.iterator(), file.dialect()));
    long expected = lines.stream().skip(start.records()).filter(line -> !line.isBlank()).count();
    assertThat(rows(new CsvRows(data, file.dialect(), new RowColumnPlaces(SCHEMA))))
        .as("rows of %d lines", lines.size())
        .isEqualTo(expected);
  }

  private void json(byte[] input) {
    List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
    long documents =
        lines.stream().map(FileSignature::without).filter(line -> !line.isBlank()).count();
    assertThat(rows(new JsonRows(lines.iterator(), new JsonFactory(), new RowColumnPlaces(SCHEMA))))
        .as("rows of %d documents", documents)
        .isGreaterThanOrEqualTo(documents);
  }

  private long rows(scala.collection.Iterator<InternalRow> rows) {
    long count = 0;
    for (; rows.hasNext(); count++) {
      InternalRow row = rows.next();
      boolean isRejected = !row.isNullAt(CELLS.length + 1);
      for (int i = 0; i < CELLS.length && !isRejected; i++) {
        String cell = row.isNullAt(i) ? null : row.getUTF8String(i).toString();
        numbers.number(cell);
        commas.number(cell);
      }
    }
    return count;
  }

  private void fuzz(int inputs) {
    new Fuzz("CSV rows", BUFFERS, this::csv).run(23, inputs, Fuzz.mutations(files(true), BYTES));
    new Fuzz("JSON rows", BUFFERS, this::json).run(24, inputs, Fuzz.mutations(files(false), BYTES));
  }

  @Test
  void aFew() {
    fuzz(1000);
  }

  @Test
  @Tag("long")
  void many() {
    fuzz(30_000);
  }
}
