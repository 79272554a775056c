package io.longcast.logs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateSpec;
import io.longcast.series.MappedIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
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

  /** Order of a file that marks the start of a session in a row that was told of it before. */
  private static final int TOLD = -1;

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
    return sessions(lines, Optional.empty(), templates, spec);
  }

  /**
   * The same with what was told of the sessions before.
   *
   * @param told with the columns session_id and start, null without times; of other sessions too
   */
  static JavaRDD<LogSession> sessions(
      Dataset<Row> lines,
      Optional<Dataset<Row>> told,
      List<Template> templates,
      TemplateSpec spec) {
    FlatMapFunction<Iterator<Row>, LogSession> together = Sessions::new;
    Dataset<Row> keyed = keyed(lines, templates, spec);
    return told.map(SessionStage::marks)
        .map(keyed::unionByName)
        .orElse(keyed)
        .repartition(partitions(lines), col("session_id"))
        .sortWithinPartitions("session_id", "millis", "file_order", "offset")
        .toJavaRDD()
        .mapPartitions(together);
  }

  private static Dataset<Row> marks(Dataset<Row> told) {
    return told.select(
        col("session_id"),
        coalesce(unix_millis(col("start")), lit(0L)).as("millis"),
        lit("").as("file"),
        lit(0L).as("offset"),
        lit(0).as("key"),
        lit(TOLD).as("file_order"),
        lit(null).cast(DataTypes.StringType).as("line"),
        lit(null).cast(DataTypes.StringType).as("host"),
        lit(true).as("timed"));
  }

  private static Dataset<Row> keyed(
      Dataset<Row> lines, List<Template> templates, TemplateSpec spec) {
    MapPartitionsFunction<Row, Row> keys = rows -> keyed(rows, templates, spec);
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
        .mapPartitions(keys, Encoders.row(KEYED));
  }

  private static int partitions(Dataset<Row> lines) {
    return PARTITIONS_A_CORE * lines.sparkSession().sparkContext().defaultParallelism();
  }

  private static Iterator<Row> keyed(
      Iterator<Row> rows, List<Template> templates, TemplateSpec spec) {
    LineKeys keys = new LineKeys(templates, spec);
    return new MappedIterator<>(
        rows,
        row ->
            RowFactory.create(
                row.getString(0),
                row.isNullAt(1) ? 0L : row.getTimestamp(1).getTime(),
                row.getString(2),
                row.getLong(3),
                keys.of(row.getString(4)),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                !row.isNullAt(1)));
  }

  /** Neighbouring rows of the same session as one. */
  private static final class Sessions implements Iterator<LogSession> {
    private final Iterator<Row> rows;
    private Row ahead;
    private LogSession next;

    Sessions(Iterator<Row> rows) {
      this.rows = rows;
      ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (next == null && ahead != null) {
        next = session();
      }
      return next != null;
    }

    @Override
    public LogSession next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no session left");
      }
      LogSession session = next;
      next = null;
      return session;
    }

    /** Null where a session was only told of. */
    private LogSession session() {
      String id = ahead.getString(0);
      List<Row> own = new ArrayList<>();
      List<Long> told = new ArrayList<>();
      while (ahead != null && ahead.getString(0).equals(id)) {
        if (ahead.getInt(5) == TOLD) {
          told.add(ahead.getLong(1));
        } else {
          own.add(ahead);
        }
        ahead = rows.hasNext() ? rows.next() : null;
      }
      return own.isEmpty() ? null : session(id, own, told);
    }

    private static LogSession session(String id, List<Row> own, List<Long> told) {
      return new LogSession(
          id,
          own.stream().mapToInt(row -> row.getInt(4)).toArray(),
          own.stream().mapToLong(row -> row.getLong(1)).toArray(),
          own.stream().map(row -> row.getString(2)).toArray(String[]::new),
          own.stream().mapToLong(row -> row.getLong(3)).toArray(),
          own.stream().map(row -> row.getString(6)).toArray(String[]::new),
          own.stream().map(row -> row.getString(7)).toArray(String[]::new),
          own.get(0).getBoolean(8),
          told.stream().mapToLong(Long::longValue).toArray());
    }
  }
}
