package io.longcast.anomaly.logs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.anomaly.logs.template.Template;
import io.longcast.anomaly.logs.template.TemplateMatcher;
import io.longcast.anomaly.logs.template.TemplateSpec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Brings the lines of each session together as keys. */
final class SessionStage {
  static final String EVENTS = "events";
  private static final StructType KEYED =
      new StructType()
          .add("session_id", DataTypes.StringType)
          .add("millis", DataTypes.LongType)
          .add("file", DataTypes.StringType)
          .add("offset", DataTypes.LongType)
          .add("key", DataTypes.IntegerType);

  private SessionStage() {}

  /**
   * Sessions: {@code session_id} and {@code events}, an array of (millis, file, offset, key) in
   * this order. One shuffle. Lines without a session are left out; lines of no template have the
   * key of what was never seen.
   */
  static Dataset<Row> sessions(Dataset<Row> lines, List<Template> templates, TemplateSpec spec) {
    MapPartitionsFunction<Row, Row> keys = rows -> keyed(rows, templates, spec);
    return lines
        .filter("reason is null and session_id is not null")
        .select("session_id", "timestamp", "source_file", "source_offset", "content")
        .mapPartitions(keys, Encoders.row(KEYED))
        .groupBy("session_id")
        .agg(
            sort_array(collect_list(struct(col("millis"), col("file"), col("offset"), col("key"))))
                .as(EVENTS));
  }

  private static Iterator<Row> keyed(
      Iterator<Row> rows, List<Template> templates, TemplateSpec spec) {
    TemplateMatcher matcher = TemplateMatcher.of(templates, spec);
    Map<String, Integer> keys = new HashMap<>();
    templates.forEach(template -> keys.put(template.text(), keys.size()));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        Template template = matcher.match(row.getString(4));
        return RowFactory.create(
            row.getString(0),
            row.isNullAt(1) ? 0L : row.getTimestamp(1).getTime(),
            row.getString(2),
            row.getLong(3),
            template == null ? SessionSet.UNSEEN : keys.get(template.text()));
      }
    };
  }

  static int[] keys(List<Row> events) {
    return events.stream().mapToInt(event -> event.getInt(3)).toArray();
  }

  static long[] millis(List<Row> events) {
    return events.stream().mapToLong(event -> event.getLong(0)).toArray();
  }
}
