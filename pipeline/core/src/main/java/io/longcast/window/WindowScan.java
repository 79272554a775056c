package io.longcast.window;

import io.longcast.series.Segment;
import java.util.Collections;
import java.util.Iterator;

/**
 * Goes through all windows of one part of the data in order - segments as they come, origins in
 * time, channels innermost - and fills batches with them. Blocks are taken from the iterator one at
 * a time, so that spilled ones need not be in memory together.
 */
public final class WindowScan {
  private final Iterator<Block> blocks;
  private final BatchCutter cutter;
  private final SplitSpec splits;
  private final Split part;
  private Iterator<Segment> segments = Collections.emptyIterator();
  private Segment segment;
  private Origins origins = Origins.NONE;
  private int next;
  private int channel;

  /**
   * @param blocks where to look
   * @param cutter cuts the windows
   * @param splits how series are divided
   * @param part which part to go through
   */
  public WindowScan(Iterator<Block> blocks, BatchCutter cutter, SplitSpec splits, Split part) {
    this.blocks = blocks;
    this.cutter = cutter;
    this.splits = splits;
    this.part = part;
  }

  /**
   * Empties a batch and fills it with the next windows.
   *
   * @return false if there was none left
   */
  public boolean next(WindowBatch batch) {
    batch.clear();
    while (batch.size() < batch.capacity() && advance()) {
      cutter.cut(segment, channel, origins.at(next), batch);
      if (++channel == cutter.channels()) {
        channel = 0;
        next++;
      }
    }
    return batch.size() > 0;
  }

  /** Makes {@code (segment, next, channel)} a window that exists; false at the end. */
  private boolean advance() {
    while (next >= origins.count()) {
      if (!nextSegment()) {
        return false;
      }
      origins = splits.origins(cutter.window(), segment, part);
      next = 0;
    }
    return true;
  }

  private boolean nextSegment() {
    while (!segments.hasNext()) {
      if (!blocks.hasNext()) {
        return false;
      }
      segments = blocks.next().segments().iterator();
    }
    segment = segments.next();
    return true;
  }
}
