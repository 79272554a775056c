package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The plain values of JSON objects under their keys or, in inner objects and in objects written as
 * text, their paths.
 */
final class JsonLeaves {
  private final JsonFactory factory;

  JsonLeaves(JsonFactory factory) {
    this.factory = factory;
  }

  /** The values of a document as text; of one that is no JSON those before the fault. */
  Map<String, String> of(String document) {
    Map<String, String> leaves = new LinkedHashMap<>();
    objects(FileSignature.without(document), "", leaves);
    return leaves;
  }

  private void objects(String document, String path, Map<String, String> into) {
    try (JsonParser parser = factory.createParser(document)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          object(parser, path, into);
        }
      }
    } catch (IOException broken) {
      // What stands before the fault is known.
    }
  }

  private void text(String text, String name, Map<String, String> into) {
    into.put(name, text);
    if (text.startsWith("{")) {
      objects(text, name + ".", into);
    }
  }

  private void object(JsonParser parser, String path, Map<String, String> into) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = path + parser.currentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> object(parser, name + ".", into);
        case START_ARRAY -> parser.skipChildren();
        case VALUE_NULL -> into.put(name, null);
        case VALUE_STRING -> text(parser.getText(), name, into);
        default -> into.put(name, parser.getText());
      }
    }
  }
}
