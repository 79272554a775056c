package io.longcast.window;

import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * The cached unit: a run of segments of one shard in canonical order, at most {@link #MAX_BYTES} of
 * packed values unless a single segment is larger. Serialized compactly, in whatever serializer
 * honours {@link Externalizable}.
 */
public final class Block implements Externalizable {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT = 2;

  /** Most bytes of packed values in a block of several segments. */
  public static final long MAX_BYTES = 64L << 20;

  private List<Segment> segments = List.of();

  /** An empty block, for deserialization. */
  public Block() {}

  /** A block of these segments, in this order. */
  public Block(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  /** The segments in canonical order. */
  public List<Segment> segments() {
    return segments;
  }

  /** Bytes of packed values. */
  public long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(segments.size());
    SegmentCodec codec = new SegmentCodec();
    for (Segment segment : segments) {
      codec.write(segment, out);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("a block of format " + format + ", expected " + FORMAT);
    }
    int count = in.readInt();
    SegmentCodec codec = new SegmentCodec();
    List<Segment> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(codec.read(in));
    }
    segments = List.copyOf(read);
  }
}
