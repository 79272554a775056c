package io.longcast.logs;

import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.TableUnion;
import java.util.List;
import org.apache.spark.sql.Row;

/** The tables that a stream of log lines writes. */
public final class LogStreamTables {
  /** Their rows as those of one stream. */
  public static final TableUnion ALL =
      new TableUnion(List.of(LogAnomaliesTable.TABLE, RejectsTable.TABLE));

  private LogStreamTables() {}

  static Row anomaly(Row row) {
    return ALL.row(LogAnomaliesTable.TABLE, row);
  }
}
