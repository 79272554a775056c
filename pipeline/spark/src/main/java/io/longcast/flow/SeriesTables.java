package io.longcast.flow;

import io.longcast.clean.RowCounts;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.table.RejectedCellsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.write.FileLayout;
import io.longcast.write.TableSink;
import java.util.Map;

/** Writes the rejected rows and cells and the status of every series of a source. */
final class SeriesTables {
  private SeriesTables() {}

  /**
   * Writes the tables and returns the counts.
   *
   * @throws IllegalArgumentException if no series is left to work on
   */
  static RowCounts write(SeriesDataset data, TableSink sink) {
    RowCounts rows = data.counts();
    Map<String, String> keys = Map.of(RejectsTable.SOURCE, data.source());
    FileLayout few = FileLayout.of(rows.rejected(), rows.read());
    sink.replace(data.rejects(), RejectsTable.TABLE, keys, few);
    if (rows.cells() > 0 || sink.has(RejectedCellsTable.TABLE)) {
      FileLayout layout = FileLayout.of(rows.cells(), rows.read());
      sink.replace(data.rejectedCells(), RejectedCellsTable.TABLE, keys, layout);
    }
    FileLayout layout = FileLayout.of(rows.series(), rows.read());
    sink.replace(data.statuses(), SeriesStatusTable.TABLE, keys, layout);
    data.requireSeries();
    return rows;
  }
}
