package io.longcast.report.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.SeriesStatusTable;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The series of a run, at most {@value #MAX_SERIES}, those with the highest scores first.
 *
 * @param series in that order
 * @param total series there are
 */
public record SeriesCatalog(List<Entry> series, long total) {
  private static final int MAX_SERIES = 20_000;

  /** Of the series drawn, one in so many is taken from all over the catalog. */
  private static final int SAMPLED = 5;

  private static final String PEAK = "peak";
  private static final String EVENTS = "events";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String TIMED = "timed";
  private static final String CHANNELS = "channels";
  private static final long UNKNOWN_STEPS = 1_000;

  public SeriesCatalog {
    series = List.copyOf(series);
  }

  /**
   * One series.
   *
   * @param id its id
   * @param status of cleaning; null where unknown
   * @param reason of that status; null where there is none
   * @param peak highest anomaly score as {@link Rounded#digits}; null where nothing was scored
   * @param events of it
   * @param read input rows; likewise {@code rejected}
   * @param steps of the grid
   * @param observed values
   * @param from first scored place, see {@link ReportRows}; null likewise
   * @param to last scored place
   * @param channels scored
   * @param timed whether the places are times
   * @param step mean distance of two places on the series' grid, at least 1
   */
  public record Entry(
      String id,
      String status,
      String reason,
      Double peak,
      long events,
      long read,
      long rejected,
      long steps,
      long observed,
      Long from,
      Long to,
      int channels,
      boolean timed,
      long step) {

    private static Entry of(Row row) {
      boolean timed = number(row, TIMED) > 0;
      return new Entry(
          row.getAs(SeriesStatusTable.SERIES_ID),
          row.getAs(SeriesStatusTable.STATUS),
          row.getAs(SeriesStatusTable.REASON),
          Rounded.of(Rounded.digits(row.getAs(PEAK))),
          number(row, EVENTS),
          number(row, SeriesStatusTable.ROWS_READ),
          number(row, SeriesStatusTable.ROWS_REJECTED),
          number(row, SeriesStatusTable.STEPS),
          number(row, SeriesStatusTable.OBSERVED),
          row.getAs(FROM),
          row.getAs(TO),
          (int) number(row, CHANNELS),
          timed,
          Math.max(1, timed ? step(row) : 1));
    }

    /** By the grid, whose steps count gaps; by the span where the grid is not known. */
    private static long step(Row row) {
      Timestamp start = row.getAs(SeriesStatusTable.START);
      Timestamp end = row.getAs(SeriesStatusTable.END);
      long steps = number(row, SeriesStatusTable.STEPS);
      return start == null || end == null || steps < 2
          ? (number(row, TO) - number(row, FROM)) / UNKNOWN_STEPS
          : (end.getTime() - start.getTime()) * 1000 / (steps - 1);
    }

    private static long number(Row row, String column) {
      Long found = row.getAs(column);
      return found == null ? 0 : found;
    }
  }

  /**
   * Joins what the tables say of the series: one scan of the scored values.
   *
   * @param scored of {@link ReportRows}
   * @param statuses of cleaning
   * @param events of the model
   */
  public static SeriesCatalog of(Dataset<Row> scored, Dataset<Row> statuses, Dataset<Row> events) {
    String id = SeriesStatusTable.SERIES_ID;
    Dataset<Row> peaks =
        scored
            .groupBy(id)
            .agg(
                max(AnomaliesTable.ANOMALY_SCORE).as(PEAK),
                min(ReportRows.X).as(FROM),
                max(ReportRows.X).as(TO),
                count(AnomaliesTable.TIMESTAMP).as(TIMED),
                count_distinct(col(AnomaliesTable.CHANNEL)).as(CHANNELS));
    Dataset<Row> counts = events.groupBy(EventsTable.SERIES_ID).agg(count("*").as(EVENTS));
    Dataset<Row> all =
        statuses
            .dropDuplicates(id)
            .join(peaks, new String[] {id}, "full_outer")
            .join(counts, new String[] {id}, "left");
    List<Row> rows =
        all.orderBy(desc_nulls_last(PEAK), desc_nulls_last(EVENTS), col(id))
            .limit(MAX_SERIES)
            .collectAsList();
    long total = rows.size() < MAX_SERIES ? rows.size() : all.count();
    return new SeriesCatalog(rows.stream().map(Entry::of).toList(), total);
  }

  /** Ids of series with a place on the axis: the first ones, and a sample of the others. */
  public List<String> chosen(int count) {
    List<String> ids =
        series.stream().filter(entry -> entry.from() != null).map(Entry::id).toList();
    if (ids.size() <= count) {
      return ids;
    }
    int sampled = count / SAMPLED;
    int first = count - sampled;
    List<String> chosen = new ArrayList<>(ids.subList(0, first));
    for (int i = 0; i < sampled; i++) {
      long place = first + (long) (ids.size() - first) * (2 * i + 1) / (2 * sampled);
      chosen.add(ids.get((int) place));
    }
    return chosen;
  }

  /** Rows of the given series alone. */
  static Dataset<Row> of(Dataset<Row> rows, List<String> ids) {
    return rows.where(col(AnomaliesTable.SERIES_ID).isin(ids.toArray()));
  }

  /** Whether any step of a series can be drawn. */
  public boolean hasSteps() {
    return series.stream().anyMatch(entry -> entry.from() != null);
  }

  /** Whether places are times. */
  @JsonIgnore
  public boolean isTimed() {
    return series.stream().anyMatch(Entry::timed);
  }
}
