package io.longcast.clean;

import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.unsafe.types.UTF8String;

/** Walks sorted chunks series by series. Rows without a series come in handfuls. */
final class SeriesWalk implements Iterator<SeriesRows> {
  private static final int HANDFUL = 1000;

  private final Iterator<EngineRow> chunks;
  private final int numbers;
  private final int statics;
  private final int[] order;
  private EngineRow next;

  /**
   * @param chunks rows of {@link ChunkedRows#SCHEMA}, those of a series one after another
   */
  SeriesWalk(Iterator<EngineRow> chunks, SeriesLayout layout, CleanSpec.Grid grid) {
    this.chunks = chunks;
    this.numbers = layout.rows();
    this.statics = layout.staticCovariates().size();
    this.order = RowChunk.order(grid);
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public SeriesRows next() {
    if (next == null) {
      throw new NoSuchElementException("no further series");
    }
    UTF8String id = next.isNullAt(1) ? null : next.getText(1).clone();
    long key = next.getLong(0);
    List<RowChunk> found = new ArrayList<>();
    while (next != null && isOf(id) && (id != null || found.size() < HANDFUL)) {
      found.add(new RowChunk(next.getBinary(2), numbers, statics));
      advance();
    }
    return new SeriesRows(id, key, found, order);
  }

  private boolean isOf(UTF8String id) {
    return id == null ? next.isNullAt(1) : !next.isNullAt(1) && id.equals(next.getText(1));
  }

  private void advance() {
    next = chunks.hasNext() ? chunks.next() : null;
  }
}
