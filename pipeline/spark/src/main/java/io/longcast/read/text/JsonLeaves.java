package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plain values of JSON objects under their keys or, in inner objects, their paths. */
final class JsonLeaves {
  private final JsonFactory factory;

  JsonLeaves(JsonFactory factory) {
    this.factory = factory;
  }

  /** The values of a document as text; of one that is no JSON those before the fault. */
  Map<String, String> of(String document) {
    Map<String, String> leaves = new LinkedHashMap<>();
    try (JsonParser parser = factory.createParser(ByteOrderMark.without(document))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          object(parser, "", leaves);
        }
      }
    } catch (IOException broken) {
      return leaves;
    }
    return leaves;
  }

  private static void object(JsonParser parser, String path, Map<String, String> into)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = path + parser.getCurrentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> object(parser, name + ".", into);
        case START_ARRAY -> parser.skipChildren();
        case VALUE_NULL -> into.put(name, null);
        default -> into.put(name, parser.getText());
      }
    }
  }
}
