package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import io.longcast.sparkinternals.rdd.ScalaCollections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;

/** Files of JSON lines, or of JSON over several lines; a column is a key or a path of keys. */
public final class JsonFileFormat extends TextFileFormat {

  @Override
  protected PartReader reader(Map<String, String> options, StructType required) {
    TextOptions text = TextOptions.of(options);
    return (part, hadoop) -> rows(part, text, required, hadoop);
  }

  @Override
  protected boolean isWhole(Map<String, String> options) {
    return TextOptions.of(options).isWhole();
  }

  private static scala.collection.Iterator<InternalRow> rows(
      PartitionedFile part, TextOptions options, StructType required, Configuration hadoop) {
    JSONOptionsInRead json = json(options);
    JsonFactory factory = json.buildJsonFactory();
    Iterator<String> documents =
        options.multiLine()
            ? new JsonDocuments(TextLines.reader(part, options, hadoop), factory)
            : TextLines.of(part, options, json.lineSeparatorInRead(), hadoop);
    return new JsonRows(documents, factory, new RowColumnPlaces(required));
  }

  /** The options as Spark's own reader understands them, but for the encoding. */
  static JSONOptionsInRead json(TextOptions options) {
    Map<String, String> decoded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    decoded.putAll(options.spark());
    decoded.keySet().removeAll(List.of("encoding", "charset"));
    return new JSONOptionsInRead(ScalaCollections.immutableMap(decoded), "UTC", "");
  }
}
