package io.longcast.read.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The beginning of a text file on the local disk, decoded by the encoding that its bytes suggest.
 *
 * @param text whole lines, the last one perhaps without its end; no byte order mark
 * @param encoding where it is not UTF-8
 */
public record DecodedHead(String text, Optional<String> encoding) {
  private static final String WESTERN = "windows-1252";

  /**
   * Reads the beginning of a file, decompressed where its name ends in {@code .gz}.
   *
   * @param bytes to read at most
   * @throws UncheckedIOException if it cannot be read
   */
  public static DecodedHead read(Path file, int bytes) {
    boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = packed ? new GZIPInputStream(raw) : raw) {
      byte[] head = in.readNBytes(bytes);
      return of(head, head.length < bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  /** The same of bytes, which are all there is if {@code whole}. */
  static DecodedHead of(byte[] bytes, boolean whole) {
    Optional<String> encoding = encoding(bytes);
    Charset charset = encoding.map(Charset::forName).orElse(StandardCharsets.UTF_8);
    String text = FileSignature.without(new String(bytes, charset));
    int end = whole ? text.length() : Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    return new DecodedHead(text.substring(0, end == 0 ? text.length() : end), encoding);
  }

  private static Optional<String> encoding(byte[] bytes) {
    Optional<String> wide = FileSignature.wide(bytes, bytes.length);
    return wide.isPresent() || isUtf8(bytes) ? wide : Optional.of(WESTERN);
  }

  /** Whether the bytes are of UTF-8, but for a character that is cut at their end. */
  private static boolean isUtf8(byte[] bytes) {
    return !StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length + 1), false)
        .isError();
  }
}
