package io.longcast.logs.line;

import io.longcast.read.text.RecordFileFormat;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The lines of log files for Spark's own scan and its stream of files, as batch reads them. */
public final class LogFileFormat extends RecordFileFormat {
  private static final long serialVersionUID = 1L;

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
  protected Records open(FileSplit part, Map<String, String> options, Configuration hadoop)
      throws IOException {
    Configuration own = new Configuration(hadoop);
    LogInputFormat.configure(own, spec(options), false);
    LogRecordReader reader = new LogRecordReader();
    reader.initialize(part, new TaskAttemptContextImpl(own, new TaskAttemptID()));
    return new Lines(reader);
  }

  private record Lines(LogRecordReader reader) implements Records {
    @Override
    public boolean next() throws IOException {
      return reader.nextKeyValue();
    }

    @Override
    public Object value(String column) {
      RawLine line = reader.getCurrentValue();
      return switch (column) {
        case OFFSET -> line.offset();
        case TEXT -> line.text();
        default -> line.reject() == null ? null : line.reject().name();
      };
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
