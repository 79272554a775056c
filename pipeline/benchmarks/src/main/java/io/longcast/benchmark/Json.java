package io.longcast.benchmark;

import java.util.Map;

/** Writes maps, texts and numbers as JSON. */
final class Json {
  private Json() {}

  static String write(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value, "");
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      appendMap(text, map, indent);
    } else if (value instanceof Double number) {
      text.append(Double.isFinite(number) ? number.toString() : "null");
    } else if (value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      quote(text, String.valueOf(value));
    }
  }

  private static void appendMap(StringBuilder text, Map<?, ?> map, String indent) {
    text.append('{');
    String separator = "\n";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(indent).append("  ");
      quote(text, String.valueOf(entry.getKey()));
      text.append(": ");
      append(text, entry.getValue(), indent + "  ");
      separator = ",\n";
    }
    text.append(map.isEmpty() ? "}" : "\n" + indent + "}");
  }

  private static void quote(StringBuilder text, String plain) {
    text.append('"');
    for (char c : plain.toCharArray()) {
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        default -> text.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    text.append('"');
  }
}
