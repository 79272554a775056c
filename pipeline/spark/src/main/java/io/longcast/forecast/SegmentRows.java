package io.longcast.forecast;

import io.longcast.series.Segment;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowBatch;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Streams the segments of a task into rows of a table: cuts windows, runs a model on a batch of
 * them at a time, and returns its rows, which are Spark's internal rows and need no conversion.
 */
abstract class SegmentRows implements Iterator<EngineRow> {
  private final Iterator<Segment> segments;
  private final BatchCutter cutter;
  private final WindowBatch windows;
  private final ArrayDeque<EngineRow> ready = new ArrayDeque<>();

  /**
   * @param segments what is walked, once
   * @param cutter cuts the windows
   * @param capacity windows of a batch
   */
  SegmentRows(Iterator<Segment> segments, BatchCutter cutter, int capacity) {
    this.segments = segments;
    this.cutter = cutter;
    windows = cutter.newBatch(capacity);
  }

  /** Cuts the next windows or adds the row of a segment that has none; false at the end. */
  abstract boolean advance();

  /** The rows that the model makes of a batch. */
  abstract List<EngineRow> answer(WindowBatch batch);

  /** The batch, for its shape. */
  final WindowBatch windows() {
    return windows;
  }

  final boolean hasSegment() {
    return segments.hasNext();
  }

  final Segment nextSegment() {
    return segments.next();
  }

  final void cut(Segment segment, int channel, int origin) {
    cutter.cut(segment, channel, origin, windows);
    if (windows.size() == windows.capacity()) {
      flush();
    }
  }

  final void add(EngineRow row) {
    ready.add(row);
  }

  @Override
  public final boolean hasNext() {
    while (ready.isEmpty() && advance()) {
      // Until a batch is full or a segment gets a status.
    }
    if (ready.isEmpty() && windows.size() > 0) {
      flush();
    }
    return !ready.isEmpty();
  }

  @Override
  public final EngineRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all segments are walked");
    }
    return ready.poll();
  }

  private void flush() {
    ready.addAll(answer(windows));
    windows.clear();
  }
}
