package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The values of a JSON file that may go over several lines: each one, or each of its array. */
final class JsonDocuments implements Iterator<String> {
  private final JsonFactory factory;
  private final JsonParser parser;
  private boolean inArray;
  private boolean ended;
  private String next;

  JsonDocuments(Reader file, JsonFactory factory) {
    this.factory = factory;
    try {
      parser = factory.createParser(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    next = read();
  }

  private String read() {
    try {
      return ended ? null : value();
    } catch (JsonProcessingException broken) {
      ended = true;
      JsonLocation at = broken.getLocation();
      return "unreadable from line %d, column %d on".formatted(at.getLineNr(), at.getColumnNr());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String value() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_ARRAY) {
      inArray = false;
      token = parser.nextToken();
    }
    if (token == null) {
      parser.close();
      return null;
    }
    if (token == JsonToken.START_ARRAY && !inArray) {
      token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) {
        return "[]";
      }
      inArray = true;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      generator.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public String next() {
    if (next == null) {
      throw new NoSuchElementException("no further value");
    }
    String value = next;
    next = read();
    return value;
  }
}
