package io.longcast.logs.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fields of one JSON object by their paths: {@code message}, {@code kubernetes.pod_name}, {@code
 * tags.0}. Names count whatever their case; a name with dots in it is found before a path. A path
 * continues into text that is itself a JSON object, as container runtimes write it. An array of
 * bytes, as journald writes messages that are no valid text, is read as UTF-8.
 */
final class JsonFields {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonNode object;

  private JsonFields(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads a line.
   *
   * @throws JsonProcessingException if it is not one JSON value
   * @throws IllegalArgumentException if the value is no object
   */
  static JsonFields read(String line) throws JsonProcessingException {
    JsonNode node = JSON.readTree(line);
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "not a JSON object but of type "
              + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }
    return new JsonFields(node);
  }

  /** The text at a path; null where there is none. */
  String get(String path) {
    JsonNode node = find(object, path);
    return node == null ? null : text(node);
  }

  /** The longest name that the path begins with and the object has; then the rest below it. */
  private static JsonNode find(JsonNode node, String path) {
    JsonNode whole = child(node, path);
    if (whole != null) {
      return whole;
    }
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      JsonNode below = child(node, path.substring(0, dot));
      JsonNode found = below == null ? null : find(opened(below), path.substring(dot + 1));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static JsonNode child(JsonNode node, String name) {
    if (node.isArray()) {
      return isIndex(name) ? node.get(Integer.parseInt(name)) : null;
    }
    JsonNode exact = node.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getKey().equalsIgnoreCase(name)) {
        return field.getValue();
      }
    }
    return null;
  }

  private static boolean isIndex(String name) {
    return name.length() < 9 && !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Text that is a JSON object as that object. */
  private static JsonNode opened(JsonNode node) {
    if (!node.isTextual() || !node.textValue().stripLeading().startsWith("{")) {
      return node;
    }
    try {
      return JSON.readTree(node.textValue());
    } catch (JsonProcessingException plainText) {
      return node;
    }
  }

  private static String text(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isArray()) {
      return isBytes(node) ? bytes(node) : joined(node);
    }
    return node.isObject() ? node.toString() : node.asText();
  }

  private static boolean isBytes(JsonNode array) {
    for (JsonNode element : array) {
      if (!element.isInt() || !isByteOfText(element.intValue())) {
        return false;
      }
    }
    return !array.isEmpty();
  }

  /** Printable, blank, an escape or a part of a longer character. */
  private static boolean isByteOfText(int value) {
    return value >= ' ' && value <= 255 || value >= '\t' && value <= '\r' || value == 0x1b;
  }

  private static String bytes(JsonNode array) {
    byte[] bytes = new byte[array.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) array.get(i).intValue();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A field that was given several times, as journald writes it: its values in a row. */
  private static String joined(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      boolean nested = element.isArray() && !isBytes(element) || element.isObject();
      String text = nested ? element.toString() : text(element);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts.isEmpty() ? null : String.join(" ", texts);
  }
}
