package io.longcast.read.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.datasources.CodecStreams;

/**
 * The beginning of a file, decompressed: at least its first line, at most about 64 KiB.
 *
 * @param text the lines as they stand, without a byte order mark
 * @param lines the same, one by one
 * @param starts where each begins, in bytes of an encoding that extends ASCII
 * @param problem why the file is no text of its encoding, if so
 * @param isEncoded whether all of it is of the encoding
 */
record FileHead(
    String text,
    List<String> lines,
    List<Long> starts,
    Optional<String> problem,
    boolean isEncoded) {
  private static final int BYTES = 1 << 16;
  private static final int MAX_BYTES = 1 << 24;

  /** Reads the beginning of a file. */
  static FileHead read(Path file, TextOptions options, Configuration hadoop) throws IOException {
    byte[] bytes = new byte[BYTES];
    int length = 0;
    boolean whole;
    try (InputStream in = open(file, hadoop)) {
      length = in.readNBytes(bytes, 0, BYTES);
      whole = length < BYTES;
      while (!whole && lastLineEnd(bytes, length) == 0 && length < MAX_BYTES) {
        bytes = Arrays.copyOf(bytes, 2 * length);
        int more = in.readNBytes(bytes, length, length);
        whole = more < length;
        length += more;
      }
    }
    return of(bytes, whole ? length : lastLineEnd(bytes, length), options);
  }

  /** Codecs of Hadoop that need a native library say so by exceptions and errors of their own. */
  private static InputStream open(Path file, Configuration hadoop) throws IOException {
    try {
      return CodecStreams.createInputStreamWithCloseResource(hadoop, file);
    } catch (RuntimeException | UnsatisfiedLinkError noCodec) {
      throw new IOException(
          noCodec.getMessage() + "; decompress the file, or compress it by gzip", noCodec);
    }
  }

  private static FileHead of(byte[] bytes, int length, TextOptions options) {
    Optional<String> problem =
        options.hasByteLines() ? FileSignature.problem(bytes, length) : Optional.empty();
    if (problem.isPresent()) {
      return new FileHead("", List.of(), List.of(), problem, true);
    }
    Charset charset = options.charset();
    String text = FileSignature.without(new String(bytes, 0, length, charset));
    List<Long> starts = new ArrayList<>();
    for (int at = FileSignature.utf8(bytes, length); at < length; at = lineEnd(bytes, length, at)) {
      starts.add((long) at);
    }
    return new FileHead(
        text, text.lines().toList(), starts, problem, isEncoded(bytes, length, charset));
  }

  private static boolean isEncoded(byte[] bytes, int length, Charset charset) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }

  /** The end of the last whole line; 0 if there is none. */
  private static int lastLineEnd(byte[] bytes, int length) {
    int at = length;
    while (at > 0 && bytes[at - 1] != '\n' && bytes[at - 1] != '\r') {
      at--;
    }
    return at;
  }

  private static int lineEnd(byte[] bytes, int length, int from) {
    int at = from;
    while (at < length && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    boolean two = at + 1 < length && bytes[at] == '\r' && bytes[at + 1] == '\n';
    return Math.min(length, at + (two ? 2 : 1));
  }

  /** How many lines of the first {@code count} begin after a place in the file. */
  long linesAfter(long place, int count) {
    return starts.stream().limit(count).filter(start -> start > place).count();
  }
}
