package io.longcast.logs.line;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * How log files are read: section {@code logs.files}.
 *
 * @param encoding of the text, a name such as {@code UTF-8}, {@code UTF-16} or {@code ISO-8859-1};
 *     one in which a line break is a line feed; default {@code UTF-8}
 * @param maxLineLength longest line, and longest entry of several lines, in bytes; longer lines are
 *     rejected; in [1024, 1073741824]; default 1048576
 * @param order of files whose lines have no times, or equal ones; default {@code auto}
 */
public record LogFileSpec(String encoding, int maxLineLength, Order order) implements Serializable {
  private static final int MIN_LENGTH = 1024;
  private static final int MAX_LENGTH = 1 << 30;

  /** Which of several files is older. */
  public enum Order {
    /** By the dates and numbers that rotation puts into names, see {@link FileOrder}. */
    AUTO,
    /** By name, numbers in it by their value. */
    NAME,
    /** By name, from the last to the first. */
    REVERSE_NAME,
    /** By the time of the last change. */
    MODIFIED
  }

  public LogFileSpec {
    SettingChecks.require(
        unit(encoding) > 0, "logs.files.encoding", "a character set with line feeds", encoding);
    SettingChecks.require(
        maxLineLength >= MIN_LENGTH && maxLineLength <= MAX_LENGTH,
        "logs.files.maxLineLength",
        "in [%d, %d]".formatted(MIN_LENGTH, MAX_LENGTH),
        maxLineLength);
  }

  /** The proposed defaults. */
  public static LogFileSpec defaults() {
    return new LogFileSpec(StandardCharsets.UTF_8.name(), 1 << 20, Order.AUTO);
  }

  /** Bytes of a line feed: 1, 2 or 4. */
  int unit() {
    return unit(encoding);
  }

  Charset charset() {
    return Charset.forName(encoding);
  }

  /** 0 where there is no such encoding, or it writes line feeds in another way. */
  private static int unit(String encoding) {
    try {
      Charset charset = Charset.forName(encoding);
      if (charset.name().contains("UTF-16")) {
        return 2;
      }
      if (charset.name().contains("UTF-32")) {
        return 4;
      }
      byte[] lineFeed = charset.canEncode() ? "\n".getBytes(charset) : new byte[0];
      return lineFeed.length == 1 && lineFeed[0] == '\n' ? 1 : 0;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return 0;
    }
  }
}
