package io.longcast.logs.template;

import io.longcast.logs.text.FieldMatcher;
import io.longcast.logs.text.FieldPattern;
import io.longcast.logs.text.FieldPattern.Kind;
import io.longcast.logs.text.FieldPattern.Piece;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A template: tokens joined by blanks, {@code <*>} for what varies.
 *
 * @param text of the template
 * @param count lines that match it
 */
public record Template(String text, long count) implements Serializable {

  /** Most frequent first, then by text: the order of every list of templates. */
  public static final Comparator<Template> CANONICAL =
      Comparator.comparingLong(Template::count).reversed().thenComparing(Template::text);

  public Template {
    if (text.isEmpty() || !text.equals(text.strip()) || text.contains("  ")) {
      throw new IllegalArgumentException(
          "a template is tokens joined by single blanks, found \"" + text + "\"");
    }
  }

  /** Sixteen hexadecimal digits of the text's SHA-256. */
  public String id() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What stood at the wildcards of a line of this template; empty if the line is of another. */
  public List<String> parameters(String content) {
    return new Parameters(this).of(content);
  }

  /** Reads the parameters of many lines of one template. Not thread-safe. */
  public static final class Parameters {
    private final FieldMatcher matcher;
    private final int count;

    /** Reads parameters of a template's lines. */
    public Parameters(Template template) {
      List<Piece> pieces = pieces(template.text());
      matcher = new FieldMatcher(new FieldPattern(pieces));
      count = (int) pieces.stream().filter(piece -> piece.kind() == Kind.FIELD).count();
    }

    /**
     * What stood at the wildcards of a line, in their order; empty if it is of another template.
     */
    public List<String> of(String content) {
      if (!matcher.matches(content.strip())) {
        return List.of();
      }
      Map<String, String> fields = matcher.fields();
      return IntStream.range(0, count).mapToObj(i -> fields.get(Integer.toString(i))).toList();
    }

    /** Words, blanks and numbered fields. */
    private static List<Piece> pieces(String text) {
      List<Piece> pieces = new ArrayList<>();
      int fields = 0;
      for (int at = 0; at < text.length(); ) {
        if (text.startsWith(LineTokens.WILDCARD, at)) {
          pieces.add(new Piece(Kind.FIELD, Integer.toString(fields++)));
          at += LineTokens.WILDCARD.length();
        } else if (text.charAt(at) == ' ') {
          pieces.add(new Piece(Kind.BLANKS, ""));
          at++;
        } else {
          int end = literalEnd(text, at);
          pieces.add(new Piece(Kind.LITERAL, text.substring(at, end)));
          at = end;
        }
      }
      return pieces;
    }

    private static int literalEnd(String text, int from) {
      int end = from + 1;
      while (end < text.length()
          && text.charAt(end) != ' '
          && !text.startsWith(LineTokens.WILDCARD, end)) {
        end++;
      }
      return end;
    }
  }
}
