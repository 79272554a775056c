package io.longcast.logs.line;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines. A line ends with a line feed, a carriage return, or both, as Hadoop and
 * Spark have it. Of a line that is longer than allowed only its begin is kept. Not thread-safe.
 */
final class LineInput implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final int unit;
  private final boolean littleEndian;
  private final int maxLength;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private byte[] line = new byte[512];
  private int length;
  private boolean tooLong;
  private long consumed;

  /**
   * @param unit bytes of a character's smallest part: 1, 2 or 4
   * @param littleEndian whether the low byte of a part is the first
   * @param maxLength bytes of a line that are kept
   */
  LineInput(InputStream in, int unit, boolean littleEndian, int maxLength) {
    this.in = in;
    this.unit = unit;
    this.littleEndian = littleEndian;
    this.maxLength = maxLength;
  }

  /** Reads the next line; false where there is none. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    if (!has(1)) {
      return false;
    }
    while (true) {
      int end = from;
      while (end + unit <= to && !isBreak(end)) {
        end += unit;
      }
      boolean found = end + unit <= to;
      keep(found ? end : to - (to - end) % unit);
      if (found) {
        skipBreak();
        return true;
      }
      if (!has(unit)) {
        keep(to);
        return true;
      }
    }
  }

  /** Bytes of the line without its end; more may stand behind {@link #length()}. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** Whether only the begin of the line was kept. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Bytes read so far, line ends among them. */
  long consumed() {
    return consumed;
  }

  /** Bytes up to a place go to the line. */
  private void keep(int end) {
    int count = Math.min(end - from, maxLength - length);
    tooLong |= count < end - from;
    if (length + count > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(maxLength, 2L * (length + count)));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
    consumed += end - from;
    from = end;
  }

  private void skipBreak() throws IOException {
    boolean carriageReturn = value(from) == '\r';
    skipUnit();
    if (carriageReturn && has(unit) && value(from) == '\n') {
      skipUnit();
    }
  }

  private void skipUnit() {
    from += unit;
    consumed += unit;
  }

  private boolean isBreak(int at) {
    int value = value(at);
    return value == '\n' || value == '\r';
  }

  private int value(int at) {
    if (unit == 1) {
      return buffer[at];
    }
    int value = 0;
    for (int i = 0; i < unit; i++) {
      value = value << 8 | buffer[littleEndian ? at + unit - 1 - i : at + i] & 0xff;
    }
    return value;
  }

  /** Whether the given number of bytes is available, after reading more if needed. */
  private boolean has(int count) throws IOException {
    if (to - from >= count) {
      return true;
    }
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    while (to < count) {
      int read = in.read(buffer, to, buffer.length - to);
      if (read < 0) {
        return false;
      }
      to += read;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
