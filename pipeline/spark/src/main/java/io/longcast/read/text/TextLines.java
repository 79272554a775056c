package io.longcast.read.text;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.execution.datasources.CodecStreams;
import org.apache.spark.sql.execution.datasources.HadoopFileLinesReader;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.util.TaskCompletionListener;
import scala.Option;

/** The lines of a part of a file, decompressed and decoded. */
abstract class TextLines implements Iterator<String>, Closeable {

  /** The lines that begin in the part; where lines cannot be found by bytes, the part is a file. */
  static TextLines of(
      PartitionedFile part, TextOptions options, Option<byte[]> lineEnd, Configuration hadoop) {
    TextLines lines =
        options.hasByteLines()
            ? new ByBytes(new HadoopFileLinesReader(part, lineEnd, hadoop), options.charset())
            : new ByCharacters(reader(part, options, hadoop));
    closeAfterTask(lines);
    return lines;
  }

  /** The end of a file closes it too; this is for tasks that end before. */
  private static void closeAfterTask(Closeable file) {
    if (TaskContext.get() != null) {
      TaskCompletionListener listener = task -> close(file);
      TaskContext.get().addTaskCompletionListener(listener);
    }
  }

  private static void close(Closeable file) {
    try {
      file.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A whole file as characters, without a byte order mark. */
  static BufferedReader reader(PartitionedFile file, TextOptions options, Configuration hadoop) {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CodecStreams.createInputStreamWithCloseResource(hadoop, file.toPath()),
                options.charset()));
    try {
      reader.mark(1);
      if (reader.read() != FileSignature.CHARACTER) {
        reader.reset();
      }
      closeAfterTask(reader);
      return reader;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class ByBytes extends TextLines {
    private final HadoopFileLinesReader lines;
    private final Charset charset;

    private ByBytes(HadoopFileLinesReader lines, Charset charset) {
      this.lines = lines;
      this.charset = charset;
    }

    @Override
    public boolean hasNext() {
      return lines.hasNext();
    }

    @Override
    public String next() {
      Text line = lines.next();
      return new String(line.getBytes(), 0, line.getLength(), charset);
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private static final class ByCharacters extends TextLines {
    private final BufferedReader reader;
    private String next;

    private ByCharacters(BufferedReader reader) {
      this.reader = reader;
      advance();
    }

    private void advance() {
      try {
        next = reader.readLine();
        if (next == null) {
          reader.close();
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public String next() {
      if (next == null) {
        throw new NoSuchElementException("no further line");
      }
      String line = next;
      advance();
      return line;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
