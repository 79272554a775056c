package io.longcast.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A fleet that sends one file a day, hourly values by the local time of Berlin, with what happens
 * in a month: faults, rows that come a day late, a sensor that dies and one that appears, clocks
 * that jump ahead and back, the end of summer time, and a drift. Day 0 is the first day after the
 * history.
 *
 * @param series sensors at the start
 * @param history days before day 0
 * @param drift day from which two fifths of the fleet send other values
 */
record DailyFleet(SparkSession spark, int series, int history, int drift) {
  /** Summer time ends on day 17. */
  static final Instant DAY_0 = Instant.parse("2024-10-10T00:00:00Z");

  static final String ZONE = "Europe/Berlin";
  static final int DIES = 8;
  static final int APPEARS = 10;
  static final int JUMPS_AHEAD = 12;
  static final int JUMPS_BACK = 14;

  /** Sensors of which something is told. */
  static final String DEAD = "s-4";

  static final String AHEAD = "s-5";
  static final String BACK = "s-6";

  static Instant day(int day) {
    return DAY_0.plus(Duration.ofDays(day));
  }

  /**
   * All rows of {@code [from, to)} days by their true times, with the day of the file they are in.
   */
  private Dataset<Row> rows(int from, int to) {
    return spark
        .range(24L * (series + 1) * (to - from))
        .selectExpr(
            "cast(floor(id / %d) as int) as s".formatted(24 * (to - from)),
            "cast(id %% %d as int) + %d as t".formatted(24 * (to - from), 24 * from))
        .selectExpr("s", "t", "floor(t / 24) as day", "pmod(t, 24) as hour")
        .where("not (s = 4 and day >= %d)".formatted(DIES))
        .where("not (s = %d and day < %d)".formatted(series, APPEARS))
        .selectExpr(
            "*",
            "(s % 50 = 1 and hour between 5 and 7 and day >= 0) as late",
            // The last hours of a day, a day later: they connect, and are not late.
            "(s % 50 = 2 and hour >= 22 and day >= 0) as tail",
            "(s = 5 and day = %d) as ahead".formatted(JUMPS_AHEAD),
            "(s = 6 and day = %d) as back".formatted(JUMPS_BACK),
            "floor(t / 240) as block")
        .selectExpr(
            "*",
            "day + cast(late or tail as int) as file",
            "pmod(hash(s, block, 1), 230) as fault",
            "pmod(hash(s, block, 2), 2) = 0 as faulty")
        .selectExpr(
            "concat('s-', s) as series_id",
            "timestamp_seconds(%d + 3600L * t) as true_time".formatted(DAY_0.getEpochSecond()),
            ("round(20 + s %% 7 + 8 * sin(2 * pi() * t / 24) + pmod(hash(s, t), 1000) / 400.0"
                    + " + if(faulty and pmod(t, 240) - fault between 0 and 3, 40, 0)"
                    + " + if(day >= %d and s %% 5 < 2, 14, 0), 3) as value")
                .formatted(drift),
            "file",
            "late",
            "ahead",
            "back",
            "s",
            "t");
  }

  private static Dataset<Row> sent(Dataset<Row> rows) {
    return rows.orderBy("s", "t")
        .selectExpr(
            "series_id",
            ("date_format(from_utc_timestamp(true_time + make_interval(if(ahead, 75, 0),"
                    + " 0, 0, 0), '%s'), if(back, \"'1970'-MM-dd HH:mm:ss\","
                    + " 'yyyy-MM-dd HH:mm:ss')) as timestamp")
                .formatted(ZONE),
            "value");
  }

  /** Writes the file of each of {@code [from, to)} days. */
  void send(Path folder, int from, int to) {
    for (int day = from; day < to; day++) {
      sent(rows(day - 1, day + 1).where("file = " + day))
          .coalesce(1)
          .write()
          .mode("append")
          .option("header", "true")
          .csv(folder.toString());
    }
  }

  /** What can be scored of {@code [from, to)} days: no late row, none of a wrong clock. */
  void accepted(Path folder, int from, int to) {
    Dataset<Row> accepted =
        rows(from, to).where("not late and not ahead and not back and file < " + to);
    sent(accepted).coalesce(1).write().option("header", "true").csv(folder.toString());
  }

  /** Late rows in the files of {@code [from, to)} days. */
  long late(int from, int to) {
    return rows(from - 1, to)
        .where("late and file >= %d and file < %d".formatted(from, to))
        .count();
  }
}
