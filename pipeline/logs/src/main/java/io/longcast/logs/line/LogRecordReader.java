package io.longcast.logs.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/**
 * Reads the lines that begin in one part of a file; the line that the part begins in, or with, is
 * of the part before. Byte order marks are no text.
 */
final class LogRecordReader extends RecordReader<Long, RawLine> {
  private static final int MARK = 4;

  private Charset charset = StandardCharsets.UTF_8;
  private LineInput lines;
  private RejectReason reject;
  private RawLine line;
  private long start;
  private long end;
  private long skipped;

  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) throws IOException {
    Configuration hadoop = context.getConfiguration();
    LogFileSpec spec = LogInputFormat.spec(hadoop);
    FileSplit part = (FileSplit) split;
    charset = spec.charset();
    start = part.getStart();
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(part.getPath());
    end = codec == null ? start + part.getLength() : Long.MAX_VALUE;
    FSDataInputStream file = part.getPath().getFileSystem(hadoop).open(part.getPath());
    file.seek(start);
    InputStream in = codec == null ? file : codec.createInputStream(file);
    boolean whole = spec.unit() > 1;
    if (start == 0) {
      in = withoutMark(new PushbackInputStream(in, MARK), spec.unit());
    }
    boolean littleEndian = charset.name().contains("LE");
    lines = new LineInput(in, spec.unit(), littleEndian, spec.maxLineLength());
    if (start > 0) {
      lines.next();
    }
    end = whole ? Long.MAX_VALUE : end;
  }

  /**
   * Looks at the byte order mark, which decides the order of bytes where the name leaves it open.
   */
  private InputStream withoutMark(PushbackInputStream in, int unit) throws IOException {
    byte[] head = in.readNBytes(MARK);
    ByteOrderMark mark = ByteOrderMark.of(head, unit);
    if (unit > 1) {
      charset = mark.charset(charset, head);
    } else if (mark.isWide()) {
      reject = RejectReason.WRONG_ENCODING;
    }
    boolean skip =
        unit > 1 || mark == ByteOrderMark.UTF_8 && charset.equals(StandardCharsets.UTF_8);
    skipped = skip ? mark.length() : 0;
    in.unread(head, (int) skipped, head.length - (int) skipped);
    return in;
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    long offset = start + skipped + lines.consumed();
    if (offset > end || !lines.next()) {
      line = null;
      return false;
    }
    RejectReason why = lines.isTooLong() ? RejectReason.TOO_LONG : reject;
    int length = why == null ? lines.length() : Math.min(LogReadStage.SHOWN, lines.length());
    line = new RawLine(offset, new String(lines.bytes(), 0, length, charset), why);
    return true;
  }

  @Override
  public Long getCurrentKey() {
    return line.offset();
  }

  @Override
  public RawLine getCurrentValue() {
    return line;
  }

  @Override
  public float getProgress() {
    long length = end - start;
    return length <= 0 ? 0 : Math.min(1, (float) lines.consumed() / length);
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }
}
