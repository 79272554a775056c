package io.longcast.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * A stored form of one kind of state. The layout, big-endian: {@code LCST}, length (1 byte) and
 * ASCII of the kind, version (2 bytes), the fields, CRC-32C of all before (4 bytes).
 *
 * @param kind what is stored, such as {@code detector state}; 1 to 64 ASCII characters
 * @param version of the order and meaning of the fields, 1 to 32767
 * @param hint what to do where bytes are refused, with the settings key
 */
public record StateFormat(String kind, int version, String hint) {
  private static final byte[] MAGIC = {'L', 'C', 'S', 'T'};
  private static final int MAX_KIND = 64;

  public StateFormat {
    if (kind.isEmpty() || kind.length() > MAX_KIND || !kind.chars().allMatch(c -> c < 128)) {
      throw new IllegalArgumentException(
          "kind must have 1 to %d ASCII characters, found \"%s\"".formatted(MAX_KIND, kind));
    }
    if (version < 1 || version > Short.MAX_VALUE) {
      throw new IllegalArgumentException("version must be in [1, 32767], found " + version);
    }
  }

  /**
   * Saves a state.
   *
   * @param fields lists its fields
   */
  public byte[] write(Consumer<StateFields> fields) {
    StateWriter writer = new StateWriter();
    writer.raw(header());
    fields.accept(writer);
    writer.checksum();
    return writer.toBytes();
  }

  /**
   * Restores a state.
   *
   * @param fields makes the state and lists its fields
   * @throws StateFormatException if the bytes are of another kind or version, damaged, too short or
   *     too long, or were saved under other settings
   */
  public <T> T read(byte[] stored, Function<StateFields, T> fields) {
    ByteBuffer body = body(stored);
    StateReader reader = new StateReader(this, body);
    try {
      T state = fields.apply(reader);
      if (body.hasRemaining()) {
        throw refused(body.remaining() + " bytes remain after its fields");
      }
      return state;
    } catch (BufferUnderflowException end) {
      throw refused("its %d bytes end before its fields do".formatted(stored.length));
    } catch (StateFormatException refused) {
      throw refused;
    } catch (IllegalArgumentException contradiction) {
      throw refused("its fields do not fit together: " + contradiction.getMessage());
    }
  }

  /** The fields, after all that surrounds them was checked. */
  private ByteBuffer body(byte[] stored) {
    byte[] header = header();
    int common = Arrays.mismatch(header, stored);
    int end = stored.length - Integer.BYTES;
    if (common >= 0 && common < header.length - Short.BYTES) {
      throw refused("it does not begin as one");
    }
    if (end < header.length) {
      throw refused("it has only " + stored.length + " bytes");
    }
    int found = ByteBuffer.wrap(stored).getShort(header.length - Short.BYTES);
    if (found != version) {
      throw refused("it has version %d, this program reads version %d".formatted(found, version));
    }
    if (ByteBuffer.wrap(stored).getInt(end) != crc(stored, end)) {
      throw refused("it is damaged: its checksum does not match");
    }
    return ByteBuffer.wrap(stored, header.length, end - header.length);
  }

  private byte[] header() {
    byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(MAGIC.length + 1 + name.length + Short.BYTES)
        .put(MAGIC)
        .put((byte) name.length)
        .put(name)
        .putShort((short) version)
        .array();
  }

  static int crc(byte[] bytes, int end) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, end);
    return (int) sum.getValue();
  }

  StateFormatException refused(String why) {
    return new StateFormatException("cannot restore a saved %s: %s; %s".formatted(kind, why, hint));
  }
}
