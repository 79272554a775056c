package io.longcast.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Gives the fields of stored bytes one after the other. */
final class StateReader implements StateFields {
  private final StateFormat format;
  private final ByteBuffer bytes;

  StateReader(StateFormat format, ByteBuffer bytes) {
    this.format = format;
    this.bytes = bytes;
  }

  @Override
  public long number(long now) {
    return bytes.getLong();
  }

  @Override
  public int count(int now, int max) {
    int found = bytes.getInt();
    if (found < 0 || found > max) {
      throw format.refused("a count must be in [0, %d], found %d".formatted(max, found));
    }
    return found;
  }

  @Override
  public int elements(int now, int max, int size) {
    int left = Math.max(0, bytes.remaining() - Integer.BYTES);
    return count(now, Math.min(max, left / size));
  }

  @Override
  public double real(double now) {
    return bytes.getDouble();
  }

  @Override
  public float single(float now) {
    return bytes.getFloat();
  }

  @Override
  public boolean flag(boolean now) {
    byte found = bytes.get();
    if (found != 0 && found != 1) {
      throw format.refused("a flag must be 0 or 1, found " + found);
    }
    return found == 1;
  }

  @Override
  public byte[] bytes(byte[] now, int max) {
    byte[] found = new byte[count(0, Math.min(max, bytes.remaining()))];
    bytes.get(found);
    return found;
  }

  @Override
  public <E extends Enum<E>> E constant(Class<E> type, E now) {
    int length = bytes.get();
    if (length == StateWriter.NONE) {
      return null;
    }
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] name = new byte[length];
    bytes.get(name);
    String word = new String(name, StandardCharsets.US_ASCII);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(word)) {
        return constant;
      }
    }
    throw format.refused("%s is no %s".formatted(word, type.getSimpleName()));
  }

  @Override
  public void same(String what, String setting) {
    byte[] text = setting.getBytes(StandardCharsets.UTF_8);
    if (bytes.getInt() != text.length | bytes.getInt() != StateFormat.crc(text, text.length)) {
      throw format.refused(
          "it was saved under another %s than that of this run, %s".formatted(what, setting));
    }
  }
}
