package io.longcast.series;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Segments as bytes: arrays go in bulk, names as they are. Free of any serializer's opinion, so
 * that the same bytes serve shuffles, spilled blocks and files. Not for several threads at once.
 */
public final class SegmentCodec {
  private static final int CHUNK = 1 << 13;

  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Long.BYTES);
  private Frequency frequency;
  private ZoneId zone;

  /** Bytes that are left at most: no more is allocated for what they declare. */
  private long limit = Long.MAX_VALUE;

  /** A segment as a separate byte array. */
  public byte[] bytes(Segment segment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) segment.bytes() + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(segment, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The segment of {@link #bytes}.
   *
   * @throws IllegalArgumentException if the bytes are no segment
   */
  public Segment segment(byte[] bytes) {
    limit = bytes.length;
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Segment segment = read(in);
      requireWhole(segment);
      return segment;
    } catch (IOException | DateTimeException | IndexOutOfBoundsException broken) {
      throw new IllegalArgumentException(
          "%d bytes are no segment: %s".formatted(bytes.length, broken), broken);
    } finally {
      limit = Long.MAX_VALUE;
    }
  }

  /** Appends a segment. */
  public void write(Segment segment, DataOutput out) throws IOException {
    text(segment.seriesId(), out);
    out.writeLong(segment.seriesStep());
    out.writeLong(segment.seriesLength());
    out.writeInt(segment.length());
    out.writeInt(segment.originFrom());
    out.writeInt(segment.originTo());
    out.writeFloat(segment.weight());
    axis(segment.axis(), out);
    out.writeInt(segment.rows());
    for (int r = 0; r < segment.rows(); r++) {
      values(segment.row(r), out);
    }
    observed(segment, out);
    out.writeInt(segment.statics().length);
    for (int code : segment.statics()) {
      out.writeInt(code);
    }
  }

  /** The segment that {@link #write} appended. */
  public Segment read(DataInput in) throws IOException {
    String seriesId = text(in);
    long seriesStep = in.readLong();
    long seriesLength = in.readLong();
    int length = in.readInt();
    int originFrom = in.readInt();
    int originTo = in.readInt();
    float weight = in.readFloat();
    TimeAxis axis = axis(in);
    SeriesValues[] values = new SeriesValues[count(in, 4 * Integer.BYTES)];
    for (int r = 0; r < values.length; r++) {
      values[r] = values(in);
    }
    long[][] observed = observed(in);
    int[] statics = new int[count(in, Integer.BYTES)];
    for (int k = 0; k < statics.length; k++) {
      statics[k] = in.readInt();
    }
    return new Segment(
        seriesId,
        seriesStep,
        seriesLength,
        axis,
        length,
        values,
        observed,
        statics,
        originFrom,
        originTo,
        weight);
  }

  private static void requireWhole(Segment segment) {
    boolean whole = segment.length() >= 0;
    for (int r = 0; r < segment.rows(); r++) {
      whole &= segment.row(r).length() >= segment.length();
    }
    for (int c = 0; c < segment.observedChannels(); c++) {
      long[] bits = segment.observed(c);
      whole &= bits == null || bits.length == (segment.length() + 63L) / 64;
    }
    if (!whole) {
      throw new IllegalArgumentException("not all rows have the length of their segment");
    }
  }

  /** How many values follow of so many bytes each, at least. */
  private int count(DataInput in, int size) throws IOException {
    int count = in.readInt();
    if (count < 0 || (long) count * size > limit) {
      throw new IllegalArgumentException(
          "a segment declares %d values of %d bytes, of %d bytes in all"
              .formatted(count, size, limit));
    }
    return count;
  }

  private void axis(TimeAxis axis, DataOutput out) throws IOException {
    if (axis instanceof GridAxis grid) {
      out.writeByte(0);
      out.writeLong(grid.start().getEpochSecond());
      out.writeInt(grid.start().getNano());
      text(grid.frequency().toString(), out);
      text(grid.zone().getId(), out);
    } else {
      RowAxis rows = (RowAxis) axis;
      out.writeByte(1);
      out.writeLong(rows.firstRow());
      long[] micros = new long[rows.timedSteps()];
      for (int i = 0; i < micros.length; i++) {
        micros[i] = rows.micros(i);
      }
      longs(micros, out);
    }
  }

  private TimeAxis axis(DataInput in) throws IOException {
    if (in.readByte() == 1) {
      long firstRow = in.readLong();
      long[] micros = longs(in);
      return new RowAxis(firstRow, micros.length == 0 ? null : micros);
    }
    Instant start = Instant.ofEpochSecond(in.readLong(), in.readInt());
    String frequencyText = text(in);
    String zoneText = text(in);
    if (frequency == null || !frequency.toString().equals(frequencyText)) {
      frequency = Frequency.parse(frequencyText);
    }
    if (zone == null || !zone.getId().equals(zoneText)) {
      zone = ZoneId.of(zoneText);
    }
    return new GridAxis(start, frequency, zone);
  }

  private void observed(Segment segment, DataOutput out) throws IOException {
    int channels = segment.observedChannels();
    out.writeInt(channels);
    for (int c = 0; c < channels; c++) {
      long[] bits = segment.observed(c);
      longs(bits == null ? new long[0] : bits, out);
    }
  }

  private long[][] observed(DataInput in) throws IOException {
    int channels = count(in, Integer.BYTES);
    if (channels == 0) {
      return null;
    }
    long[][] observed = new long[channels][];
    for (int c = 0; c < channels; c++) {
      long[] bits = longs(in);
      observed[c] = bits.length == 0 ? null : bits;
    }
    return observed;
  }

  private static void text(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private String text(DataInput in) throws IOException {
    byte[] bytes = new byte[count(in, 1)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void values(SeriesValues row, DataOutput out) throws IOException {
    out.writeInt(row.length());
    out.writeInt(row.starts().length);
    for (int start : row.starts()) {
      out.writeInt(start);
    }
    out.write(row.kinds());
    floats(row.floats(), out);
    doubles(row.doubles(), out);
  }

  private SeriesValues values(DataInput in) throws IOException {
    int length = in.readInt();
    int[] starts = new int[count(in, Integer.BYTES)];
    for (int s = 0; s < starts.length; s++) {
      starts[s] = in.readInt();
    }
    byte[] kinds = new byte[starts.length];
    in.readFully(kinds);
    return new SeriesValues(length, starts, kinds, floats(in), doubles(in));
  }

  private void doubles(double[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      buffer.clear().asDoubleBuffer().put(values, from, count);
      out.write(buffer.array(), 0, count * Double.BYTES);
    }
  }

  private double[] doubles(DataInput in) throws IOException {
    double[] values = new double[count(in, Double.BYTES)];
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      in.readFully(buffer.array(), 0, count * Double.BYTES);
      buffer.clear().asDoubleBuffer().get(values, from, count);
    }
    return values;
  }

  private void floats(float[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      buffer.clear().asFloatBuffer().put(values, from, count);
      out.write(buffer.array(), 0, count * Float.BYTES);
    }
  }

  private float[] floats(DataInput in) throws IOException {
    float[] values = new float[count(in, Float.BYTES)];
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      in.readFully(buffer.array(), 0, count * Float.BYTES);
      buffer.clear().asFloatBuffer().get(values, from, count);
    }
    return values;
  }

  private void longs(long[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      buffer.clear().asLongBuffer().put(values, from, count);
      out.write(buffer.array(), 0, count * Long.BYTES);
    }
  }

  private long[] longs(DataInput in) throws IOException {
    long[] values = new long[count(in, Long.BYTES)];
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      in.readFully(buffer.array(), 0, count * Long.BYTES);
      buffer.clear().asLongBuffer().get(values, from, count);
    }
    return values;
  }
}
