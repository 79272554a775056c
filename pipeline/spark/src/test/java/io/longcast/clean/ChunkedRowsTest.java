package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.clean.CleanSpec.Grid;
import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.table.RejectsTable;
import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class ChunkedRowsTest {
  private static final long HOUR = 3_600_000_000L;
  private static final SeriesLayout LAYOUT =
      new SeriesLayout(List.of("value"), List.of(), List.of(), List.of("site"));
  private final FileNumbers none =
      FileNumbers.of(SharedSession.get().createDataFrame(List.<Row>of(), RejectsTable.SCHEMA));

  /** A row as it is parsed; null is absent. */
  private record Parsed(
      String series, Long micros, Long row, Long place, String reason, Double value, String site) {
    EngineRow columns() {
      String record = reason == null ? null : "{" + place + "}";
      return EngineRow.of(
          new Object[] {
            utf8(series),
            micros,
            row,
            null,
            0L,
            place,
            false,
            utf8(reason),
            utf8(record),
            value,
            utf8(site)
          });
    }

    private static UTF8String utf8(String text) {
      return text == null ? null : UTF8String.fromString(text);
    }
  }

  @Test
  void givesTheRowsOfEachSeriesInOneOrderHoweverTheyCame() {
    List<Parsed> rows = rows();
    Comparator<Long> absentFirst = Comparator.nullsFirst(Comparator.naturalOrder());
    Comparator<Parsed> byTime =
        Comparator.comparing(Parsed::micros, absentFirst)
            .thenComparing(Parsed::row, absentFirst)
            .thenComparing(Parsed::place);
    Comparator<Parsed> byPlace =
        Comparator.comparing(Parsed::row, absentFirst).thenComparing(Parsed::place);
    for (Grid grid : Grid.values()) {
      List<String> expected = new ArrayList<>();
      rows.stream()
          .sorted(
              Comparator.comparing(Parsed::series)
                  .thenComparing(grid == Grid.REGULAR ? byTime : byPlace))
          .forEach(row -> expected.add(text(row)));
      for (long seed = 0; seed < 5; seed++) {
        Collections.shuffle(rows, new Random(seed));
        for (long maxBytes : new long[] {1, 4000, ChunkedRows.OPEN_BYTES}) {
          assertThat(walked(rows, grid, maxBytes)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void rowsWithTheSameTimeAndNoPlaceAreInOrderOfWhatTheyHold() {
    List<Parsed> rows =
        Arrays.asList(
            new Parsed("a", 0L, null, null, null, null, null),
            new Parsed("a", 0L, null, null, null, 1., "x"),
            new Parsed("a", 0L, null, null, null, 1., "y"),
            new Parsed("a", 0L, null, null, null, 2., null));
    List<String> expected = rows.stream().map(ChunkedRowsTest::text).toList();
    for (long seed = 0; seed < 10; seed++) {
      Collections.shuffle(rows, new Random(seed));
      assertThat(walked(rows, Grid.REGULAR, ChunkedRows.OPEN_BYTES)).isEqualTo(expected);
    }
  }

  @Test
  void aSeriesOfEvenStepsTakesItsValuesAndLittleMore() {
    List<EngineRow> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(new Parsed("a", i * HOUR, null, (long) i, null, Math.sin(i), "x").columns());
    }
    List<EngineRow> chunks = new ArrayList<>();
    chunked(rows.iterator(), Grid.REGULAR, ChunkedRows.OPEN_BYTES).forEachRemaining(chunks::add);
    assertThat(chunks).hasSize(1);
    assertThat(chunks.get(0).getBinary(2).length).isBetween(8000, 8200);
  }

  @Test
  void longTextsCloseChunksToo() {
    List<EngineRow> rows = new ArrayList<>();
    for (long place = 0; place < 100; place++) {
      String reason = place + " is bad".repeat(1000);
      rows.add(new Parsed("a", 0L, null, place, reason, null, null).columns());
    }
    List<EngineRow> chunks = new ArrayList<>();
    chunked(rows.iterator(), Grid.REGULAR, 100_000).forEachRemaining(chunks::add);
    assertThat(chunks).hasSizeBetween(7, 8);
  }

  @Test
  void rowsWithoutASeriesAreSpreadByTheirRecords() {
    List<EngineRow> rows = new ArrayList<>();
    for (long place = 0; place < 100; place++) {
      rows.add(new Parsed(null, null, null, place, "no series", null, null).columns());
    }
    assertThat(rows).hasSize(100);
    List<Long> keys = new ArrayList<>();
    chunked(rows.iterator(), Grid.REGULAR, ChunkedRows.OPEN_BYTES)
        .forEachRemaining(chunk -> keys.add(chunk.getLong(0)));
    assertThat(keys).hasSize(100).doesNotHaveDuplicates();
  }

  private static List<Parsed> rows() {
    Random random = new Random(3);
    List<Parsed> rows = new ArrayList<>();
    for (long place = 0; place < 600; place++) {
      rows.add(
          new Parsed(
              "series-" + random.nextInt(4),
              random.nextInt(10) == 0 ? null : random.nextInt(60) * HOUR,
              random.nextInt(3) == 0 ? null : (long) random.nextInt(200),
              place,
              random.nextInt(8) == 0 ? "bad " + random.nextInt(3) : null,
              random.nextInt(5) == 0 ? null : random.nextGaussian(),
              random.nextInt(5) == 0 ? null : "site-" + random.nextInt(3)));
    }
    return rows;
  }

  private Iterator<EngineRow> chunked(Iterator<EngineRow> rows, Grid grid, long maxBytes) {
    return new ChunkedRows(rows, LAYOUT, grid, none, maxBytes);
  }

  /** The rows through two tasks, a sort as Spark does it, and the walk. */
  private List<String> walked(List<Parsed> rows, Grid grid, long maxBytes) {
    List<EngineRow> chunks = new ArrayList<>();
    int half = rows.size() / 2;
    for (List<Parsed> task : List.of(rows.subList(0, half), rows.subList(half, rows.size()))) {
      chunked(task.stream().map(Parsed::columns).iterator(), grid, maxBytes)
          .forEachRemaining(chunks::add);
    }
    chunks.sort(Comparator.comparing(chunk -> chunk.getText(1)));
    List<String> found = new ArrayList<>();
    SeriesWalk walk = new SeriesWalk(chunks.iterator(), LAYOUT, grid);
    while (walk.hasNext()) {
      SeriesRows series = walk.next();
      while (series.advance()) {
        found.add(text(series));
      }
    }
    return found;
  }

  private static String text(SeriesRows row) {
    String place = row.record();
    return List.of(
            row.seriesId(),
            row.micros(),
            String.valueOf(row.reason()),
            String.valueOf(place),
            row.number(0),
            String.valueOf(row.category(0)))
        .toString();
  }

  private static String text(Parsed row) {
    return List.of(
            row.series(),
            row.micros() == null ? SeriesBuffer.NO_TIME : row.micros(),
            String.valueOf(row.reason()),
            row.reason() == null ? "null" : "{" + row.place() + "}",
            row.value() == null ? Double.NaN : row.value(),
            String.valueOf(row.site()))
        .toString();
  }
}
