package io.longcast.logs.line;

import io.longcast.logs.text.FieldMatcher;
import io.longcast.logs.text.FieldPattern;
import io.longcast.logs.text.FieldPattern.Kind;
import io.longcast.logs.text.FieldPattern.Piece;
import io.longcast.settings.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declared header: literal text with {@code <Field>} for what stands between, one blank for any
 * number of blanks, {@code {…}} for a part that may be missing. A field takes as little as it can,
 * the field {@code <Content>} as much as it can. Example: {@code <Month> <Day> <Time> <Host>
 * <Component>{[<Pid>]}: <Content>}. Lines are matched in linear time. Not thread-safe.
 */
public final class HeaderPattern {
  private static final Pattern TOKEN =
      Pattern.compile("<([A-Za-z][A-Za-z0-9_]*)>|[{}]|\\s+|[^<{}\\s]+|<");
  private static final int MAX_PIECES = 1000;

  private final FieldMatcher matcher;

  private final List<String> names;

  private HeaderPattern(FieldPattern pattern, List<String> names) {
    matcher = new FieldMatcher(pattern);
    this.names = List.copyOf(names);
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it has no field, its braces do not pair or a field occurs
   *     twice
   */
  public static HeaderPattern parse(String pattern) {
    List<Piece> pieces = new ArrayList<>();
    Matcher token = TOKEN.matcher(pattern);
    while (token.find()) {
      pieces.add(piece(token.group(), token.group(1)));
    }
    List<String> fields = fields(pieces);
    try {
      require(!fields.isEmpty() && fields.stream().distinct().count() == fields.size(), pattern);
      require(pieces.size() <= MAX_PIECES, pattern);
      return new HeaderPattern(new FieldPattern(pieces), fields);
    } catch (IllegalArgumentException bad) {
      throw new SettingException(
          "logs.lines.pattern",
          "a line pattern has distinct <Fields> and paired braces, at most %,d parts, found \"%s\""
              .formatted(MAX_PIECES, pattern),
          bad);
    }
  }

  private static void require(boolean holds, String pattern) {
    if (!holds) {
      throw new IllegalArgumentException("not a line pattern: " + pattern);
    }
  }

  private static Piece piece(String token, String field) {
    if (field != null) {
      String name = field.toLowerCase(Locale.ROOT);
      return new Piece(name.equals("content") ? Kind.WIDE_FIELD : Kind.FIELD, name);
    }
    return switch (token) {
      case "{" -> new Piece(Kind.OPTIONAL, "");
      case "}" -> new Piece(Kind.OPTIONAL_END, "");
      default -> new Piece(token.isBlank() ? Kind.BLANKS : Kind.LITERAL, token);
    };
  }

  private static List<String> fields(List<Piece> pieces) {
    return pieces.stream()
        .filter(piece -> piece.kind() == Kind.FIELD || piece.kind() == Kind.WIDE_FIELD)
        .map(Piece::text)
        .toList();
  }

  /** Names of the fields in lower case. */
  List<String> names() {
    return names;
  }

  /** The fields of a line by lower-case name, or null if the line does not have this header. */
  Map<String, String> read(String line) {
    return matcher.matches(line) ? matcher.fields() : null;
  }
}
