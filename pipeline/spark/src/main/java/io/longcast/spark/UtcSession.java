package io.longcast.spark;

import io.longcast.sparkinternals.EngineSession;
import io.longcast.sparkinternals.SparkBuild;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A copy of a caller's session in which the work is done: in UTC and without ANSI casts, whatever
 * the caller has set, so that results depend on neither. Datasets cross the border both ways
 * without being computed; settings of the caller's session are never changed.
 */
final class UtcSession {

  private final SparkSession caller;
  private final SparkSession utc;

  private UtcSession(SparkSession caller) {
    SparkBuild.requireRunning();
    this.caller = caller;
    utc = EngineSession.copyOf(caller);
    utc.conf().set("spark.sql.session.timeZone", "UTC");
    utc.conf().set("spark.sql.ansi.enabled", "false");
  }

  /** A copy of the session of a dataset. */
  static UtcSession of(Dataset<?> rows) {
    return new UtcSession(rows.sparkSession());
  }

  /** The copy. */
  SparkSession spark() {
    return utc;
  }

  /** A dataset of the caller in the copy; expressions in it keep the caller's zone. */
  Dataset<Row> enter(Dataset<?> rows) {
    return EngineSession.in(utc, rows);
  }

  /** A dataset of the copy in the caller's session. */
  Dataset<Row> leave(Dataset<Row> rows) {
    return EngineSession.in(caller, rows);
  }
}
