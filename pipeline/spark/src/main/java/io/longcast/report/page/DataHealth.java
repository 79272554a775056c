package io.longcast.report.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sum;

import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The state of the input.
 *
 * @param rejects rejected rows by stage and kind of reason, with an example of each
 * @param statuses series by status
 */
public record DataHealth(TableView rejects, TableView statuses) {
  private static final int MAX_KINDS = 50;

  /** Of the tables of one source; one scan of each. */
  public static DataHealth of(Dataset<Row> rejects, Dataset<Row> statuses) {
    // Quoted texts and numbers are of the row, the rest of the reason is its kind.
    Column kind =
        regexp_replace(
            regexp_replace(col(RejectsTable.REASON), "\"[^\"]*\"|'[^']*'", "…"), "[0-9]+", "…");
    Dataset<Row> kinds =
        rejects
            .groupBy(col(RejectsTable.STAGE), kind.as("kind"))
            .agg(
                count("*").as("rows"),
                first(RejectsTable.REASON).as("example"),
                first(RejectsTable.RECORD).as("record"))
            .orderBy(desc("rows"), col(RejectsTable.STAGE), col("kind"));
    return new DataHealth(
        TableView.of(kinds, MAX_KINDS),
        TableView.of(
            statuses
                .groupBy(SeriesStatusTable.STATUS, SeriesStatusTable.KEPT)
                .agg(
                    count("*").as("series"),
                    sum(SeriesStatusTable.STEPS).as("steps"),
                    sum(SeriesStatusTable.OBSERVED).as("observed"))
                .orderBy(desc("series"), col(SeriesStatusTable.STATUS)),
            MAX_KINDS));
  }
}
