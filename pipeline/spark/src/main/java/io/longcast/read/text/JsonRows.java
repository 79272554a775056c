package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.AbstractIterator;

/**
 * The rows of JSON documents, a line each. Every value of a document is a row: an object, each
 * element of an array, and what is neither, with the reason.
 */
final class JsonRows extends AbstractIterator<InternalRow> {
  private static final String HINT =
      "; is it a document over several lines? (source.options.multiLine = true)";

  private final Iterator<String> documents;
  private final JsonFactory factory;
  private final RowColumnPlaces columns;
  private final JsonPaths paths;
  private final Deque<InternalRow> rows = new ArrayDeque<>();

  JsonRows(Iterator<String> documents, JsonFactory factory, RowColumnPlaces columns) {
    this.documents = documents;
    this.factory = factory;
    this.columns = columns;
    this.paths = new JsonPaths(factory, columns.names());
  }

  @Override
  public boolean hasNext() {
    while (rows.isEmpty() && documents.hasNext()) {
      String document = FileSignature.without(documents.next());
      if (!document.isBlank()) {
        read(document);
      }
    }
    return !rows.isEmpty();
  }

  @Override
  public InternalRow next() {
    hasNext();
    return rows.remove();
  }

  private void read(String document) {
    try (JsonParser parser = factory.createParser(document)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        add(document, "no JSON value");
      }
      for (; token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          elements(parser, document);
        } else {
          value(parser, token, document);
        }
      }
    } catch (IOException broken) {
      add(document, "not JSON, or broken off" + (isPart(document) ? HINT : ""));
    }
  }

  private void elements(JsonParser parser, String document) throws IOException {
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      value(parser, token, document);
      count++;
    }
    if (count == 0) {
      add(document, "an empty array");
    }
  }

  private void value(JsonParser parser, JsonToken token, String document) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      add(document, "not a JSON object");
      return;
    }
    JsonPaths.Found found = paths.values(parser);
    if (found.repeated() != null) {
      add(document, "the key \"" + found.repeated() + "\" occurs twice in one object");
      return;
    }
    Object[] row = columns.row(document, null);
    for (int i = 0; i < found.values().length; i++) {
      row[columns.at(i)] = UTF8String.fromString(found.values()[i]);
    }
    rows.add(new GenericInternalRow(row));
  }

  private void add(String document, String problem) {
    rows.add(new GenericInternalRow(columns.row(document, problem)));
  }

  /** Whether a line looks like part of a document that goes over several lines. */
  private static boolean isPart(String line) {
    String text = line.strip();
    return text.startsWith("[")
        || text.startsWith("]")
        || text.startsWith("}")
        || text.startsWith("\"")
        || text.endsWith(",")
        || text.endsWith("{");
  }
}
