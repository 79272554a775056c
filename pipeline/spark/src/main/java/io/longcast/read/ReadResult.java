package io.longcast.read;

import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import io.longcast.table.RejectsTable;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What a source gave, lazily.
 *
 * @param parsed every row of the source: the observations' columns, the parts of a composite key,
 *     and {@link ParsedColumns}, with a reason where the row is rejected
 * @param skippedFiles files left out as unreadable, in the shape of {@link RejectsTable}
 * @param layout names of channels and covariates
 * @param source the source as text
 * @param repeatedHourZone the zone of local times whose repeated hour goes by file order, if so
 */
public record ReadResult(
    Dataset<Row> parsed,
    Dataset<Row> skippedFiles,
    SeriesLayout layout,
    String source,
    Optional<ZoneId> repeatedHourZone) {

  /** The rows of some series alone. */
  public ReadResult ofSeries(List<String> ids) {
    Dataset<Row> rows =
        parsed.where(functions.col(ObservationsTable.SERIES_ID).isin(ids.toArray()));
    return new ReadResult(rows, skippedFiles, layout, source, repeatedHourZone);
  }

  /** The good rows: series_id, timestamp, row, numbers, static columns, parts of the key. */
  public Dataset<Row> observations() {
    return parsed
        .where(functions.col(ParsedColumns.REASON).isNull())
        .drop(ParsedColumns.ALL.toArray(String[]::new));
  }

  /** The rejected rows and the skipped files, in the shape of {@link RejectsTable}. */
  public Dataset<Row> rejects() {
    Dataset<Row> rows =
        parsed
            .where(functions.col(ParsedColumns.REASON).isNotNull())
            .select(
                functions.lit(source).as(RejectsTable.SOURCE),
                functions.lit("read").as(RejectsTable.STAGE),
                functions.col(ParsedColumns.FILE).as(RejectsTable.FILE),
                functions.col(ObservationsTable.SERIES_ID).as(RejectsTable.SERIES_ID),
                functions.col(ObservationsTable.TIMESTAMP).as(RejectsTable.TIMESTAMP),
                functions.col(ParsedColumns.REASON).as(RejectsTable.REASON),
                functions.col(ParsedColumns.RECORD).as(RejectsTable.RECORD));
    return rows.unionByName(skippedFiles);
  }
}
