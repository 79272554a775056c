package io.longcast.shard;

import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import io.longcast.window.SegmentCutter;
import io.longcast.window.WindowSpec;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Function;

/** Unpacks series one by one, cuts the long ones, and maps each piece. */
final class CutIterator<T> implements Iterator<T> {
  private final Iterator<byte[]> packed;
  private final WindowSpec window;
  private final SegmentSize size;
  private final Function<Segment, T> map;
  private final SegmentCodec codec = new SegmentCodec();
  private Iterator<Segment> pieces = Collections.emptyIterator();

  CutIterator(
      Iterator<byte[]> packed, WindowSpec window, SegmentSize size, Function<Segment, T> map) {
    this.packed = packed;
    this.window = window;
    this.size = size;
    this.map = map;
  }

  @Override
  public boolean hasNext() {
    while (!pieces.hasNext() && packed.hasNext()) {
      Segment whole = codec.segment(packed.next());
      pieces = SegmentCutter.cut(whole, window, size.maxSteps()).iterator();
    }
    return pieces.hasNext();
  }

  @Override
  public T next() {
    hasNext();
    return map.apply(pieces.next());
  }
}
