package io.longcast.logs.line;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The mark that a file may begin with. */
enum ByteOrderMark {
  NONE(),
  UTF_8(0xEF, 0xBB, 0xBF),
  UTF_32LE(0xFF, 0xFE, 0, 0),
  UTF_32BE(0, 0, 0xFE, 0xFF),
  UTF_16LE(0xFF, 0xFE),
  UTF_16BE(0xFE, 0xFF);

  private final byte[] bytes;

  ByteOrderMark(int... bytes) {
    this.bytes = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      this.bytes[i] = (byte) bytes[i];
    }
  }

  /**
   * The mark of a file.
   *
   * @param head its first bytes
   * @param unit of the declared encoding: in UTF-16 a mark of UTF-32 is one and a character
   */
  static ByteOrderMark of(byte[] head, int unit) {
    for (ByteOrderMark mark : values()) {
      boolean fits = unit == 1 || mark.unit() == unit;
      if (mark != NONE
          && fits
          && head.length >= mark.length()
          && Arrays.equals(head, 0, mark.length(), mark.bytes, 0, mark.length())) {
        return mark;
      }
    }
    return NONE;
  }

  int length() {
    return bytes.length;
  }

  /** Whether it is of an encoding with more than one byte a character at least. */
  boolean isWide() {
    return unit() > 1;
  }

  private int unit() {
    return name().startsWith("UTF_16") ? 2 : name().startsWith("UTF_32") ? 4 : 1;
  }

  /**
   * The encoding with its order of bytes: the mark's; without one, of a general name such as
   * UTF-16, the order in which the first character is below 256.
   */
  Charset charset(Charset declared, byte[] head) {
    if (this != NONE) {
      return Charset.forName(name().replace('_', '-'));
    }
    String name = declared.name();
    boolean open = declared.equals(StandardCharsets.UTF_16) || name.equals("UTF-32");
    boolean little = open && head.length > 1 && head[0] != 0 && head[1] == 0;
    return open ? Charset.forName(name + (little ? "LE" : "BE")) : declared;
  }
}
