package io.longcast.flow;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.longcast.report.TerminalTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Events compared with labelled faults. A fault is found if an event overlaps it; the delay runs
 * from its first step to the first step of the first such event. Its channel and kind are taken
 * from the event that overlaps it longest. An event that overlaps no fault is false; one that
 * begins within {@code after} of the end of a fault is an echo of it and counted separately.
 *
 * @param kinds figures of each kind of fault, in order of its name
 * @param events all events
 * @param echoes events that begin shortly after a fault and overlap none
 * @param falseEvents events that have nothing to do with a fault
 */
public record FaultReport(List<Kind> kinds, long events, long echoes, long falseEvents) {

  public FaultReport {
    kinds = List.copyOf(kinds);
  }

  /**
   * One kind of fault.
   *
   * @param name of the kind
   * @param faults labelled
   * @param found of them
   * @param delaySteps mean delay of those found, steps
   * @param named found ones that affect one channel of several
   * @param first of these, whose channel the event names first
   * @param third of these, whose channel is among the first three
   * @param told found ones whose event has the kind of the fault
   */
  public record Kind(
      String name,
      long faults,
      long found,
      double delaySteps,
      long named,
      long first,
      long third,
      long told) {}

  /**
   * Compares.
   *
   * @param labels as {@code generate} writes them, those that count
   * @param events of one model
   * @param interval between two steps
   * @param channels of a series
   * @param after end of a fault, in which an event is an echo
   */
  public static FaultReport of(
      Dataset<Row> labels, Dataset<Row> events, Duration interval, int channels, Duration after) {
    List<Kind> kinds = kinds(labels, events, interval.toMillis() / 1000.0, channels);
    long all = events.count();
    long apart = without(events, labels, 0);
    long unrelated = without(events, labels, after.toSeconds());
    return new FaultReport(kinds, all, apart - unrelated, unrelated);
  }

  private static List<Kind> kinds(
      Dataset<Row> labels, Dataset<Row> events, double stepSeconds, int channels) {
    Dataset<Row> first =
        labels
            .as("l")
            .join(events.as("e"), overlap(0), "left")
            .groupBy(col("l.series_id"), col("l.channel"), col("l.start"), col("l.kind"))
            .agg(
                min("e.start").as("begun"),
                max_by(
                        struct("e.channels", "e.kind"),
                        struct(shared(), negate(col("e.start").cast("double"))))
                    .as("event"));
    Column found = col("begun").isNotNull();
    Column named = found.and(col("channel").isNotNull()).and(lit(channels > 1));
    Column place = array_position(col("event.channels"), col("channel"));
    Column delay =
        functions
            .greatest(lit(0), col("begun").cast("double").minus(col("start").cast("double")))
            .divide(stepSeconds);
    List<Kind> kinds = new ArrayList<>();
    first
        .groupBy("kind")
        .agg(
            count("*"),
            ones(found),
            avg(when(found, delay)),
            ones(named),
            ones(named.and(place.equalTo(1))),
            ones(named.and(place.between(1, 3))),
            ones(found.and(col("event.kind").equalTo(word()))))
        .orderBy("kind")
        .collectAsList()
        .forEach(row -> kinds.add(kind(row)));
    return kinds;
  }

  /** Seconds that a fault and an event have in common. */
  private static Column shared() {
    return functions
        .least(col("l.end"), col("e.end"))
        .cast("double")
        .minus(functions.greatest(col("l.start"), col("e.start")).cast("double"));
  }

  /** Our word for a fault of the generator. */
  private static Column word() {
    return expr(
        "case kind when 'level-shift' then 'shift' when 'noise-burst' then 'variance' else kind"
            + " end");
  }

  private static Column ones(Column holds) {
    return functions.sum(when(holds, 1L).otherwise(0L));
  }

  private static Kind kind(Row row) {
    return new Kind(
        row.getString(0),
        row.getLong(1),
        row.getLong(2),
        row.isNullAt(3) ? Double.NaN : row.getDouble(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
  }

  private static long without(Dataset<Row> events, Dataset<Row> labels, long afterSeconds) {
    return events.as("e").join(labels.as("l"), overlap(afterSeconds), "left_anti").count();
  }

  private static Column overlap(long afterSeconds) {
    return expr(
        ("l.series_id = e.series_id and e.start < l.end + interval %d seconds"
                + " and e.end > l.start")
            .formatted(afterSeconds));
  }

  /** A line a kind, and the sum. */
  public String table() {
    TerminalTable table =
        new TerminalTable(
            List.of(
                "fault", "labelled", "found", "recall", "delay", "hit@1", "hit@3", "kind found"));
    kinds.forEach(kind -> row(table, kind));
    row(table, sum());
    return table.toString();
  }

  /** All kinds together. */
  public Kind sum() {
    double delays = 0;
    long[] sums = new long[6];
    for (Kind kind : kinds) {
      delays += kind.found() == 0 ? 0 : kind.delaySteps() * kind.found();
      long[] own = {
        kind.faults(), kind.found(), kind.named(), kind.first(), kind.third(), kind.told()
      };
      for (int i = 0; i < sums.length; i++) {
        sums[i] += own[i];
      }
    }
    return new Kind("all", sums[0], sums[1], delays / sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  private static void row(TerminalTable table, Kind kind) {
    table.row(
        kind.name(),
        List.of(
            kind.faults(),
            kind.found(),
            kind.found() / (double) kind.faults(),
            kind.delaySteps(),
            kind.first() / (double) kind.named(),
            kind.third() / (double) kind.named(),
            kind.told() / (double) kind.found()));
  }
}
