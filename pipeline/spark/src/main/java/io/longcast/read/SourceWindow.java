package io.longcast.read;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.longcast.series.SeriesLayout;
import io.longcast.table.ExactName;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import io.longcast.table.ParsedRows;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The part of a source that a run reads, so that the cost of a day does not grow with the source.
 *
 * @param skipped files that are not opened, as Hadoop paths: earlier runs read them, and their rows
 *     lie before {@code from}
 * @param fresh files that no run has read yet, likewise; of these all rows are used but those more
 *     than a year before {@code from}, which are rejected as written by a clock that was not set
 * @param from earlier rows of other files and of tables, which were read before, are passed over;
 *     empty: all are used
 * @param until later rows with an observed value are rejected, because their clock is wrong; empty:
 *     none are
 */
public record SourceWindow(
    Set<String> skipped, Set<String> fresh, Optional<Instant> from, Optional<Instant> until) {

  private static final Duration YEAR = Duration.ofDays(365);

  /** All of a source. */
  public static final SourceWindow ALL =
      new SourceWindow(Set.of(), Set.of(), Optional.empty(), Optional.empty());

  public SourceWindow {
    skipped = Set.copyOf(skipped);
    fresh = Set.copyOf(fresh);
  }

  /**
   * Rows of a table without those before the window, by a condition that Spark pushes into the
   * scan; rows of files, and of tables whose time is no timestamp, as they are.
   */
  Dataset<Row> pushed(Dataset<Row> raw, OpenSource opened, TimeSpec time) {
    List<String> names = time.names();
    boolean isTimestamp =
        names.size() == 1
            && raw.schema().apply(names.get(0)).dataType().equals(DataTypes.TimestampType);
    if (from.isEmpty() || opened.files().isPresent() || !isTimestamp) {
      return raw;
    }
    Column at = ExactName.column(names.get(0));
    return raw.where(at.isNull().or(at.geq(lit(Timestamp.from(from.get())))));
  }

  /** The rows of the window, in the shape of {@link ReadResult#parsed}. */
  Dataset<Row> of(Dataset<Row> parsed, SeriesLayout layout) {
    return from.isEmpty() && until.isEmpty()
        ? parsed
        : ParsedRows.rejecting(withoutPast(parsed), layout, coalesce(unset(), ahead(layout)));
  }

  /** Asks for file and time alone: a condition on more would repeat the parsing of a row. */
  private Dataset<Row> withoutPast(Dataset<Row> parsed) {
    return from.map(time -> parsed.where(not(isTrue(isBefore(time)).and(not(isFresh())))))
        .orElse(parsed);
  }

  private Column isFresh() {
    return isTrue(col(ParsedColumns.FILE).isin(fresh.stream().map(ParsedColumns::file).toArray()));
  }

  private Column unset() {
    if (from.isEmpty()) {
      return lit(null);
    }
    Instant year = from.get().minus(YEAR);
    String reason = "more than a year before the rows of earlier runs, expected later than " + year;
    return when(isBefore(year), lit(reason + " (clock not set? run.read = all uses all rows)"));
  }

  private Column ahead(SeriesLayout layout) {
    if (until.isEmpty()) {
      return lit(null);
    }
    Column ahead = col(ObservationsTable.TIMESTAMP).gt(lit(Timestamp.from(until.get())));
    String reason = "timestamp ahead of the clock by more than run.maxAhead: after " + until.get();
    return when(ParsedRows.isObserved(layout).and(ahead), lit(reason));
  }

  private static Column isBefore(Instant time) {
    return col(ObservationsTable.TIMESTAMP).lt(lit(Timestamp.from(time)));
  }

  /** False where a condition is null, as it is of rows without a time. */
  private static Column isTrue(Column condition) {
    return coalesce(condition, lit(false));
  }
}
