package io.longcast.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes fields one after the other into a growing array. */
final class StateWriter implements StateFields {
  /** Length of a constant that is null. */
  static final byte NONE = -1;

  private ByteBuffer bytes = ByteBuffer.allocate(1024);

  private ByteBuffer room(int size) {
    if (bytes.remaining() < size) {
      int length = Math.max(2 * bytes.capacity(), bytes.position() + size);
      bytes = ByteBuffer.allocate(length).put(bytes.flip());
    }
    return bytes;
  }

  void raw(byte[] some) {
    room(some.length).put(some);
  }

  void checksum() {
    int end = bytes.position();
    room(Integer.BYTES).putInt(StateFormat.crc(bytes.array(), end));
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Override
  public long number(long now) {
    room(Long.BYTES).putLong(now);
    return now;
  }

  @Override
  public int count(int now, int max) {
    if (now < 0 || now > max) {
      throw new IllegalStateException(
          "a count of a state must be in [0, %d], found %d".formatted(max, now));
    }
    room(Integer.BYTES).putInt(now);
    return now;
  }

  @Override
  public double real(double now) {
    room(Double.BYTES).putDouble(now);
    return now;
  }

  @Override
  public float single(float now) {
    room(Float.BYTES).putFloat(now);
    return now;
  }

  @Override
  public boolean flag(boolean now) {
    room(1).put((byte) (now ? 1 : 0));
    return now;
  }

  @Override
  public byte[] bytes(byte[] now, int max) {
    count(now.length, max);
    raw(now);
    return now;
  }

  @Override
  public <E extends Enum<E>> E constant(Class<E> type, E now) {
    if (now == null) {
      room(1).put(NONE);
    } else {
      byte[] name = now.name().getBytes(StandardCharsets.US_ASCII);
      room(1 + name.length).put((byte) name.length).put(name);
    }
    return now;
  }

  @Override
  public void same(String what, String setting) {
    byte[] text = setting.getBytes(StandardCharsets.UTF_8);
    room(2 * Integer.BYTES).putInt(text.length).putInt(StateFormat.crc(text, text.length));
  }
}
