package io.longcast.logs.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes up a role of an entry: text with {@code <Field>} in it.
 *
 * @param texts before, between and behind the fields: one more than fields
 * @param fields their names in lower case
 */
record RoleExpression(List<String> texts, List<String> fields) {
  private static final Pattern FIELD = Pattern.compile("<([^<>]+)>");

  /** Parses an expression such as {@code "<Date> <Time>"}. */
  static RoleExpression parse(String expression) {
    List<String> texts = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    Matcher field = FIELD.matcher(expression);
    int from = 0;
    while (field.find()) {
      texts.add(expression.substring(from, field.start()));
      fields.add(field.group(1).strip().toLowerCase(Locale.ROOT));
      from = field.end();
    }
    texts.add(expression.substring(from));
    return new RoleExpression(texts, fields);
  }

  /** The role of the name that a line has as a field, where no expression is declared. */
  static RoleExpression ofField(String name) {
    return new RoleExpression(List.of("", ""), List.of(name));
  }

  /** The role, or null where a field is missing. */
  String value(UnaryOperator<String> line) {
    StringBuilder value = new StringBuilder(texts.get(0));
    for (int i = 0; i < fields.size(); i++) {
      String field = line.apply(fields.get(i));
      if (field == null) {
        return null;
      }
      if (fields.size() == 1 && texts.get(0).isEmpty() && texts.get(1).isEmpty()) {
        return field;
      }
      value.append(field).append(texts.get(i + 1));
    }
    return value.toString();
  }
}
