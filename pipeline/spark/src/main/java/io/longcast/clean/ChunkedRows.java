package io.longcast.clean;

import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.sparkinternals.TextHash;
import io.longcast.table.ObservationsTable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Brings rows of a task together by series before they are shuffled, so that a chunk of rows is
 * shuffled and sorted, not each row: where a source keeps a series together, one chunk a series.
 * What is open at a time is bounded.
 */
final class ChunkedRows implements Iterator<EngineRow> {
  /** Rows of one series share it; rows without a series are spread. */
  static final String KEY = "_key";

  private static final String CHUNK = "_chunk";

  /** Key, series and bytes of a {@link RowChunk}. */
  static final StructType SCHEMA =
      new StructType()
          .add(KEY, DataTypes.LongType, false)
          .add(ObservationsTable.SERIES_ID, DataTypes.StringType, true)
          .add(CHUNK, DataTypes.BinaryType, false);

  /** Bytes of the open chunks of a task, about, at which they are closed. */
  static final long OPEN_BYTES = 32L << 20;

  private final Iterator<EngineRow> rows;
  private final RowColumns columns;
  private final FileNumbers files;
  private final int[] order;
  private final Map<UTF8String, OpenChunk> open = new LinkedHashMap<>();
  private final ArrayDeque<OpenChunk> closed = new ArrayDeque<>();
  private final long maxBytes;
  private OpenChunk last;
  private long openBytes;
  private long fileHash;
  private long file = RowChunk.NONE;

  /**
   * @param rows rows of {@link RowColumns}
   * @param files the files they come from
   * @param maxBytes bytes of open chunks at which they are closed
   */
  ChunkedRows(
      Iterator<EngineRow> rows,
      SeriesLayout layout,
      CleanSpec.Grid grid,
      FileNumbers files,
      long maxBytes) {
    this.rows = rows;
    this.columns = new RowColumns(layout);
    this.files = files;
    this.maxBytes = maxBytes;
    this.order = RowChunk.order(grid);
  }

  @Override
  public boolean hasNext() {
    while (closed.isEmpty() && rows.hasNext()) {
      take(rows.next());
      if (openBytes > maxBytes || !rows.hasNext()) {
        closeAll();
      }
    }
    return !closed.isEmpty();
  }

  @Override
  public EngineRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all rows are in chunks");
    }
    OpenChunk chunk = closed.poll();
    return EngineRow.of(chunk.key(), chunk.seriesId(), chunk.bytes());
  }

  private void take(EngineRow row) {
    UTF8String id = columns.seriesId(row);
    if (id == null) {
      UTF8String record = columns.record(row);
      OpenChunk alone =
          new OpenChunk(null, record == null ? 0 : TextHash.of(record), columns, order);
      alone.add(row, file(row));
      closed.add(alone);
      return;
    }
    if (last == null || !id.equals(last.seriesId())) {
      last = open.get(id);
    }
    if (last == null) {
      last = fresh(id.clone());
    }
    long before = last.size();
    last.add(row, file(row));
    openBytes += last.size() - before;
  }

  /** Rows of one file come one after another. */
  private long file(EngineRow row) {
    if (!columns.hasFile(row)) {
      return RowChunk.NONE;
    }
    long hash = columns.fileHash(row);
    if (file == RowChunk.NONE || hash != fileHash) {
      file = files.number(hash);
      fileHash = hash;
    }
    return file;
  }

  private OpenChunk fresh(UTF8String id) {
    OpenChunk chunk = new OpenChunk(id, TextHash.of(id), columns, order);
    open.put(id, chunk);
    openBytes += chunk.size();
    return chunk;
  }

  private void closeAll() {
    closed.addAll(open.values());
    open.clear();
    last = null;
    openBytes = 0;
  }
}
