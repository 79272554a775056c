package io.longcast.logs.line;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** Lines of files in any encoding, of limited length, each with the bytes before it as its key. */
public final class LogInputFormat extends FileInputFormat<Long, RawLine> {
  private static final String ENCODING = "longcast.logs.encoding";
  private static final String MAX_LENGTH = "longcast.logs.maxLineLength";
  private static final String WHOLE = "longcast.logs.whole";

  /**
   * Puts settings where the executors find them.
   *
   * @param whole whether a file is read by one task, so that an entry of several lines is never cut
   */
  static void configure(Configuration hadoop, LogFileSpec spec, boolean whole) {
    hadoop.set(ENCODING, spec.encoding());
    hadoop.setInt(MAX_LENGTH, spec.maxLineLength());
    hadoop.setBoolean(WHOLE, whole);
  }

  /** The settings that {@link #configure} put there. */
  static LogFileSpec spec(Configuration hadoop) {
    return new LogFileSpec(
        hadoop.get(ENCODING), hadoop.getInt(MAX_LENGTH, 0), LogFileSpec.Order.AUTO);
  }

  /** The files of a job. */
  List<FileStatus> files(JobContext job) throws IOException {
    return listStatus(job);
  }

  @Override
  protected boolean isSplitable(JobContext context, Path file) {
    Configuration hadoop = context.getConfiguration();
    return !hadoop.getBoolean(WHOLE, false)
        && spec(hadoop).unit() == 1
        && new CompressionCodecFactory(hadoop).getCodec(file) == null;
  }

  @Override
  public RecordReader<Long, RawLine> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new LogRecordReader();
  }
}
