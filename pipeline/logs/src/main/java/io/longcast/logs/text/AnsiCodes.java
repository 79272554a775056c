package io.longcast.logs.text;

/**
 * Terminal escape sequences (ECMA-48): colours, cursor movements, titles and links. Recognised
 * behind the escape character, behind the one-character introducer U+009B, and behind the texts
 * that log daemons write in place of the escape character ({@code #033}, {@code ^[}, {@code \x1b},
 * {@code \e}, {@code \033}), there for sequences with an opening bracket only.
 */
public final class AnsiCodes {
  private static final char ESCAPE = '\u001b';
  private static final char CONTROL_SEQUENCE = '\u009b';
  private static final char BELL = '\u0007';
  private static final String[] WRITTEN = {
    "#033[", "^[[", "\\x1b[", "\\x1B[", "\\e[", "\\033[", "\\u001b[", "\\u001B["
  };

  private AnsiCodes() {}

  /** The text without escape sequences; the text itself where it has none. One pass. */
  public static String strip(String text) {
    int at = next(text, 0);
    if (at < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    while (at >= 0) {
      int end = end(text, at);
      if (end > at) {
        out.append(text, from, at);
        from = end;
      }
      at = next(text, Math.max(end, at + 1));
    }
    return out.append(text, from, text.length()).toString();
  }

  private static int next(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ESCAPE || c == CONTROL_SEQUENCE || c == '#' || c == '^' || c == '\\') {
        return i;
      }
    }
    return -1;
  }

  /** Where the sequence at a position ends; the position itself if there is none. */
  private static int end(String text, int at) {
    char c = text.charAt(at);
    if (c == CONTROL_SEQUENCE) {
      return controlSequence(text, at + 1, text.length());
    }
    if (c == ESCAPE) {
      return escape(text, at + 1);
    }
    for (String written : WRITTEN) {
      if (text.startsWith(written, at)) {
        int end = controlSequence(text, at + written.length(), at);
        return end > at && isColourOrErasure(text.charAt(end - 1)) ? end : at;
      }
    }
    return at;
  }

  private static boolean isColourOrErasure(char last) {
    return last == 'm' || last == 'K';
  }

  private static int escape(String text, int at) {
    if (at == text.length()) {
      return at;
    }
    return switch (text.charAt(at)) {
      case '[' -> controlSequence(text, at + 1, text.length());
      case ']', 'P', 'X', '^', '_' -> string(text, at + 1);
      default -> intermediate(text, at);
    };
  }

  /** Parameters and intermediate characters, then one final character. */
  private static int controlSequence(String text, int from, int unfinished) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= 0x20 && text.charAt(at) <= 0x3f) {
      at++;
    }
    boolean finished = at < text.length() && text.charAt(at) >= 0x40 && text.charAt(at) <= 0x7e;
    return finished ? at + 1 : Math.min(at, unfinished);
  }

  /** Up to the bell or the string terminator; an unfinished string is its introducer alone. */
  private static int string(String text, int from) {
    for (int at = from; at < text.length(); at++) {
      if (text.charAt(at) == BELL || text.charAt(at) == '\u009c') {
        return at + 1;
      }
      if (text.charAt(at) == ESCAPE) {
        return at + 1 < text.length() && text.charAt(at + 1) == '\\' ? at + 2 : at;
      }
    }
    return from;
  }

  /** Such as {@code ESC ( B}: characters 0x20 to 0x2f, then one final character. */
  private static int intermediate(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= 0x20 && text.charAt(at) <= 0x2f) {
      at++;
    }
    return at < text.length() && text.charAt(at) >= 0x30 && text.charAt(at) <= 0x7e ? at + 1 : at;
  }
}
