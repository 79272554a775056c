package io.longcast.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring_index;

import io.longcast.table.RejectsTable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The commonest reasons among rejects, for a message. */
public final class RejectReasons {
  private static final int SHOWN = 3;
  private static final String BEFORE_VALUE = ": \"";

  private RejectReasons() {}

  /**
   * Counts reasons, those that differ in the value they name as one, each with an example; a job.
   *
   * @param rejects rows in the shape of {@link RejectsTable}
   * @return empty if there are none
   */
  public static String top(Dataset<Row> rejects) {
    return rejects
        .groupBy(substring_index(col(RejectsTable.REASON), BEFORE_VALUE, 1))
        .agg(count(lit(1)).as("rows"), min(RejectsTable.REASON))
        .orderBy(desc("rows"))
        .limit(SHOWN)
        .collectAsList()
        .stream()
        .map(row -> "%,d rows: %s".formatted(row.getLong(1), row.getString(2)))
        .collect(Collectors.joining("; "));
  }
}
