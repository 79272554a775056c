package io.longcast.logs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import io.longcast.logs.template.TemplateSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Brings the lines of each session together as keys. */
final class SessionStage {
  private static final StructType KEYED =
      new StructType()
          .add("session_id", DataTypes.StringType)
          .add("millis", DataTypes.LongType)
          .add("file", DataTypes.StringType)
          .add("offset", DataTypes.LongType)
          .add("key", DataTypes.IntegerType)
          .add("file_order", DataTypes.IntegerType)
          .add("line", DataTypes.StringType)
          .add("host", DataTypes.StringType)
          .add("timed", DataTypes.BooleanType);

  private static final int PARTITIONS_A_CORE = 8;

  /** Characters kept of a line that cannot be read again from its file. */
  private static final int MAX_LINE = 1000;

  private SessionStage() {}

  /**
   * Sessions with their lines by (time, file from the oldest on, offset). One shuffle, into a few
   * partitions a core: the default of two hundred opens as many files for each file of the log.
   * Lines without a session are left out.
   */
  static JavaRDD<LogSession> sessions(
      Dataset<Row> lines, List<Template> templates, TemplateSpec spec) {
    MapPartitionsFunction<Row, Row> keys = rows -> keyed(rows, templates, spec);
    FlatMapFunction<Iterator<Row>, LogSession> together = Sessions::new;
    return lines
        .filter("reason is null and session_id is not null")
        .select(
            col("session_id"),
            col("timestamp"),
            col("source_file"),
            col("source_offset"),
            col("content"),
            col("source_order"),
            when(not(col("seekable")), substring(col("line"), 1, MAX_LINE)),
            col("host"))
        .mapPartitions(keys, Encoders.row(KEYED))
        .repartition(partitions(lines), col("session_id"))
        .sortWithinPartitions("session_id", "millis", "file_order", "offset")
        .toJavaRDD()
        .mapPartitions(together);
  }

  private static int partitions(Dataset<Row> lines) {
    return PARTITIONS_A_CORE * lines.sparkSession().sparkContext().defaultParallelism();
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
            template == null ? SessionSet.UNSEEN : keys.get(template.text()),
            row.getInt(5),
            row.getString(6),
            row.getString(7),
            !row.isNullAt(1));
      }
    };
  }

  /** Neighbouring rows of the same session as one. */
  private static final class Sessions implements Iterator<LogSession> {
    private final Iterator<Row> rows;
    private Row ahead;

    Sessions(Iterator<Row> rows) {
      this.rows = rows;
      ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public LogSession next() {
      if (ahead == null) {
        throw new NoSuchElementException("no session left");
      }
      String id = ahead.getString(0);
      List<Row> own = new ArrayList<>();
      while (ahead != null && ahead.getString(0).equals(id)) {
        own.add(ahead);
        ahead = rows.hasNext() ? rows.next() : null;
      }
      return new LogSession(
          id,
          own.stream().mapToInt(row -> row.getInt(4)).toArray(),
          own.stream().mapToLong(row -> row.getLong(1)).toArray(),
          own.stream().map(row -> row.getString(2)).toArray(String[]::new),
          own.stream().mapToLong(row -> row.getLong(3)).toArray(),
          own.stream().map(row -> row.getString(6)).toArray(String[]::new),
          own.stream().map(row -> row.getString(7)).toArray(String[]::new),
          own.get(0).getBoolean(8));
    }
  }
}
