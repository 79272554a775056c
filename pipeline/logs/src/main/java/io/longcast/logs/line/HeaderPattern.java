package io.longcast.logs.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declared header: literal text with {@code <Field>} for what stands between, one blank for any
 * number of blanks, {@code {…}} for a part that may be missing. The field {@code <Content>} takes
 * the rest of the line. Example: {@code <Month> <Day> <Time> <Host> <Component>{[<Pid>]}:
 * <Content>}.
 */
public final class HeaderPattern {
  private static final Pattern PART =
      Pattern.compile("<([A-Za-z][A-Za-z0-9]*)>|[{}]|\\s+|[^<{}\\s]+|<");

  private final Pattern regex;
  private final List<String> fields;

  private HeaderPattern(Pattern regex, List<String> fields) {
    this.regex = regex;
    this.fields = fields;
  }

  /**
   * @throws IllegalArgumentException if the pattern is empty, its braces do not pair or a field
   *     occurs twice
   */
  public static HeaderPattern parse(String pattern) {
    StringBuilder regex = new StringBuilder();
    List<String> fields = new ArrayList<>();
    Matcher part = PART.matcher(pattern);
    int depth = 0;
    while (part.find()) {
      String text = part.group();
      depth += text.equals("{") ? 1 : text.equals("}") ? -1 : 0;
      if (part.group(1) != null) {
        fields.add(part.group(1).toLowerCase(Locale.ROOT));
      }
      regex.append(translated(text, part.group(1)));
    }
    boolean distinct = fields.stream().distinct().count() == fields.size();
    if (fields.isEmpty() || depth != 0 || !distinct) {
      throw new IllegalArgumentException(
          "a line pattern has distinct <Fields> and paired braces, found \""
              + pattern
              + "\" (key logs.lines.pattern)");
    }
    return new HeaderPattern(Pattern.compile(regex.toString()), List.copyOf(fields));
  }

  private static String translated(String text, String field) {
    if (field != null) {
      return field.equalsIgnoreCase("content") ? "(.*)" : "(.*?)";
    }
    return switch (text) {
      case "{" -> "(?:";
      case "}" -> ")?";
      default -> text.isBlank() ? "\\s+" : Pattern.quote(text);
    };
  }

  /** The fields of a line by lower-case name, or null if the line does not have this header. */
  Map<String, String> read(String line) {
    Matcher matcher = regex.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (matcher.group(i + 1) != null) {
        values.put(fields.get(i), matcher.group(i + 1));
      }
    }
    return values;
  }
}
