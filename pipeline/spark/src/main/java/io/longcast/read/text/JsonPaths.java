package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds values in JSON objects by their names. A name with dots is a key that holds the dots, or a
 * path into objects ({@code payload.temp}), also into an object that is written as text.
 */
final class JsonPaths {
  private static final int NO_VALUE = -1;

  private final JsonFactory factory;
  private final int count;
  private final Node root = new Node();

  /** A key on the way to values. */
  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private int value = NO_VALUE;
  }

  JsonPaths(JsonFactory factory, List<String> names) {
    this.factory = factory;
    this.count = names.size();
    for (int i = 0; i < count; i++) {
      add(root, names.get(i), i);
    }
  }

  private static void add(Node node, String name, int value) {
    node.children.computeIfAbsent(name, key -> new Node()).value = value;
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      if (dot + 1 < name.length()) {
        Node child = node.children.computeIfAbsent(name.substring(0, dot), key -> new Node());
        add(child, name.substring(dot + 1), value);
      }
    }
  }

  /** What an object holds. */
  static final class Found {
    private final String[] values;
    private final boolean[] found;
    private String repeated;

    private Found(int count) {
      values = new String[count];
      found = new boolean[count];
    }

    /** The values as text in the order of the names, null where there is none. */
    String[] values() {
      return values;
    }

    /** A key that stands twice in one object, or null. */
    String repeated() {
      return repeated;
    }

    private void set(int at, String key, String value) {
      repeated = found[at] ? key : repeated;
      found[at] = true;
      values[at] = value;
    }
  }

  /**
   * The values of an object.
   *
   * @param parser at the start of the object; at its end afterwards
   * @throws IOException if it is no JSON
   */
  Found values(JsonParser parser) throws IOException {
    Found found = new Found(count);
    object(parser, root, found);
    return found;
  }

  private void object(JsonParser parser, Node node, Found found) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Node child = node.children.get(key);
      JsonToken token = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
      } else if (token == JsonToken.START_OBJECT && child.value == NO_VALUE) {
        object(parser, child, found);
      } else {
        text(parser, token, child, key, found);
      }
    }
  }

  private void text(JsonParser parser, JsonToken token, Node node, String key, Found found)
      throws IOException {
    String text = text(parser, token);
    if (node.value != NO_VALUE) {
      found.set(node.value, key, text);
    }
    if (text != null && !node.children.isEmpty()) {
      inText(text, node, found);
    }
  }

  /** An object that is written as text; a text that is none stands for all values sought in it. */
  private void inText(String text, Node node, Found found) throws IOException {
    try (JsonParser inner = factory.createParser(text)) {
      if (inner.nextToken() == JsonToken.START_OBJECT) {
        object(inner, node, found);
        return;
      }
    } catch (JsonParseException noJson) {
      // As of a text of another kind.
    }
    fill(node, text, found);
  }

  private static void fill(Node node, String text, Found found) {
    for (Node child : node.children.values()) {
      if (child.value != NO_VALUE) {
        found.values[child.value] = text;
      }
      fill(child, text, found);
    }
  }

  /** A value as text: of objects and arrays their JSON, of null none. */
  private String text(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
      return parser.getText();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      generator.copyCurrentStructure(parser);
    }
    return text.toString();
  }
}
