package io.longcast.report.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.longcast.table.AnomaliesTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Series by time, the highest score in each of {@value #BINS} equal bins.
 *
 * @param from first place, see {@link ReportRows}; likewise {@code to}, the last
 * @param bins text of each series by its id, one character a bin: a dot where nothing was scored, a
 *     digit for the level of the highest score, or the letter of that digit (a for 0) where a step
 *     is an anomaly
 */
public record SwimLanes(long from, long to, Map<String, String> bins) {
  private static final int BINS = 120;
  private static final int MAX_LANES = 300;
  private static final int LEVELS = 10;

  /** The lanes of the first series of a catalog and of a sample; one scan of the scored values. */
  public static SwimLanes of(Dataset<Row> scored, SeriesCatalog catalog) {
    List<String> ids = catalog.chosen(MAX_LANES);
    long from = place(catalog, true);
    long to = place(catalog, false);
    Column bin =
        col(ReportRows.X)
            .minus(lit(from))
            .multiply(lit(BINS))
            .divide(lit(Math.max(1, to - from)))
            .cast("int");
    Map<String, char[]> lanes = new LinkedHashMap<>();
    ids.forEach(id -> lanes.put(id, empty()));
    SeriesCatalog.of(scored, ids)
        .groupBy(col(AnomaliesTable.SERIES_ID), bin.as("bin"))
        .agg(max(AnomaliesTable.ANOMALY_SCORE), max(AnomaliesTable.IS_ANOMALY))
        .collectAsList()
        .forEach(row -> lanes.get(row.getString(0))[Math.min(BINS - 1, row.getInt(1))] = mark(row));
    Map<String, String> texts = new LinkedHashMap<>();
    lanes.forEach((id, marks) -> texts.put(id, new String(marks)));
    return new SwimLanes(from, to, texts);
  }

  private static char[] empty() {
    char[] marks = new char[BINS];
    Arrays.fill(marks, '.');
    return marks;
  }

  private static char mark(Row row) {
    if (row.isNullAt(2)) {
      return '.';
    }
    int level = (int) Math.min(LEVELS - 1, 1.5 * Rounded.digits(row.getDouble(2)));
    return (char) ((row.getBoolean(3) ? 'a' : '0') + level);
  }

  private static long place(SeriesCatalog catalog, boolean first) {
    var places =
        catalog.series().stream()
            .map(entry -> first ? entry.from() : entry.to())
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue);
    return (first ? places.min() : places.max()).orElse(0);
  }
}
