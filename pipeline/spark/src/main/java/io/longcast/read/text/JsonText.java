package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;

/** Reads the value at a path in JSON that is written as text. */
public final class JsonText implements UDF1<String, String> {
  private static final long serialVersionUID = 1L;

  private final String path;
  private transient JsonFactory factory;
  private transient JsonPaths paths;

  /**
   * @param path keys with dots between them
   */
  public JsonText(String path) {
    this.path = path;
  }

  /** The value as text, null where there is none; of a text that is no JSON object, the text. */
  @Override
  public String call(String json) {
    if (json == null || json.isBlank()) {
      return null;
    }
    if (paths == null) {
      factory = new JsonFactory();
      paths = new JsonPaths(factory, List.of(path));
    }
    try (JsonParser parser = factory.createParser(json)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? paths.values(parser).values()[0] : json;
    } catch (IOException noJson) {
      return json;
    }
  }
}
