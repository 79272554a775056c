package io.longcast.logs.line;

import io.longcast.read.text.TextFileFormat;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.AbstractIterator;

/** The lines of log files for Spark's own scan and its stream of files, as batch reads them. */
public final class LogFileFormat extends TextFileFormat {
  static final String OFFSET = "line_offset";
  static final String TEXT = "line_text";
  static final String REJECT = "line_reject";

  /** The columns: a {@link RawLine}. */
  static final StructType SCHEMA =
      new StructType()
          .add(OFFSET, DataTypes.LongType)
          .add(TEXT, DataTypes.StringType)
          .add(REJECT, DataTypes.StringType);

  private static final String ENCODING = "longcast.encoding";
  private static final String MAX_LENGTH = "longcast.maxLineLength";
  private static final String MULTILINE = "longcast.multiline";

  /** Settings as options of a reader. */
  static Map<String, String> options(LineSpec lines, LogFileSpec files) {
    return Map.of(
        ENCODING,
        files.encoding(),
        MAX_LENGTH,
        Integer.toString(files.maxLineLength()),
        MULTILINE,
        Boolean.toString(lines.multiline()));
  }

  private static LogFileSpec spec(Map<String, String> options) {
    Map<String, String> inAnyCase = inAnyCase(options);
    return new LogFileSpec(
        inAnyCase.get(ENCODING),
        Integer.parseInt(inAnyCase.get(MAX_LENGTH)),
        LogFileSpec.Order.AUTO);
  }

  /** Spark hands options on in lower case in some places. */
  private static Map<String, String> inAnyCase(Map<String, String> options) {
    Map<String, String> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    inAnyCase.putAll(options);
    return inAnyCase;
  }

  @Override
  protected boolean isWhole(Map<String, String> options) {
    return Boolean.parseBoolean(inAnyCase(options).get(MULTILINE)) || spec(options).unit() > 1;
  }

  @Override
  protected PartReader reader(Map<String, String> options, StructType required) {
    LogFileSpec spec = spec(options);
    String[] columns = required.fieldNames();
    return (part, hadoop) -> lines(part, spec, columns, hadoop);
  }

  private static scala.collection.Iterator<InternalRow> lines(
      PartitionedFile part, LogFileSpec spec, String[] columns, Configuration hadoop)
      throws IOException {
    Configuration own = new Configuration(hadoop);
    LogInputFormat.configure(own, spec, false);
    LogRecordReader reader = new LogRecordReader();
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(reader));
    reader.initialize(
        new FileSplit(part.toPath(), part.start(), part.length(), new String[0]),
        new TaskAttemptContextImpl(own, new TaskAttemptID()));
    return new Lines(reader, columns);
  }

  private static void close(LogRecordReader reader) {
    try {
      reader.close();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException("cannot close a log file", failure);
    }
  }

  private static final class Lines extends AbstractIterator<InternalRow> {
    private final LogRecordReader reader;
    private final String[] columns;
    private RawLine ahead;
    private boolean isOver;

    Lines(LogRecordReader reader, String[] columns) {
      this.reader = reader;
      this.columns = columns;
    }

    @Override
    public boolean hasNext() {
      if (ahead == null && !isOver) {
        try {
          isOver = !reader.nextKeyValue();
        } catch (IOException failure) {
          throw new java.io.UncheckedIOException("cannot read a log file", failure);
        }
        ahead = isOver ? null : reader.getCurrentValue();
      }
      return ahead != null;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException("no line left");
      }
      Object[] row = new Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        row[i] =
            switch (columns[i]) {
              case OFFSET -> ahead.offset();
              case TEXT -> UTF8String.fromString(ahead.text());
              default ->
                  ahead.reject() == null ? null : UTF8String.fromString(ahead.reject().name());
            };
      }
      ahead = null;
      return new GenericInternalRow(row);
    }
  }
}
