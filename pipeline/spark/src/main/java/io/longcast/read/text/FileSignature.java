package io.longcast.read.text;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What the first bytes of a file say about it. */
final class FileSignature {
  /** The mark as a character. */
  static final char CHARACTER = '\uFEFF';

  private static final int LOOKED_AT = 512;
  private static final Map<String, int[]> ARCHIVES =
      Map.of(
          "xz", new int[] {0xFD, '7', 'z', 'X', 'Z', 0},
          "7-Zip", new int[] {'7', 'z', 0xBC, 0xAF, 0x27, 0x1C},
          "Zstandard", new int[] {0x28, 0xB5, 0x2F, 0xFD},
          "LZ4", new int[] {0x04, 0x22, 0x4D, 0x18});

  private FileSignature() {}

  /** Why a file with these first bytes is no text in an encoding that extends ASCII, if so. */
  static Optional<String> problem(byte[] bytes, int length) {
    if (starts(bytes, length, 0x1F, 0x8B)) {
      return Optional.of("compressed by gzip, but its name does not end in .gz");
    }
    if (starts(bytes, length, 'P', 'K', 3, 4)) {
      return Optional.of("a ZIP archive or an Excel workbook, not text: export it as CSV");
    }
    for (Map.Entry<String, int[]> archive : ARCHIVES.entrySet()) {
      if (starts(bytes, length, archive.getValue())) {
        return Optional.of(
            "compressed by "
                + archive.getKey()
                + ", which its name does not say or no codec here reads: decompress it, or compress"
                + " it by gzip");
      }
    }
    if (starts(bytes, length, 'P', 'A', 'R', '1')) {
      return Optional.of("a Parquet file (source.format = parquet)");
    }
    Optional<String> wide = wide(bytes, length);
    if (wide.isPresent()) {
      return wide.map(
          charset ->
              "encoded as UTF-16, read as UTF-8 (source.options.encoding = " + charset + ")");
    }
    int[] zeros = zeros(bytes, length);
    return zeros[0] + zeros[1] == 0
        ? Optional.empty()
        : Optional.of("not text: it holds zero bytes");
  }

  /** The form of UTF-16 that the bytes are of, if they are. */
  static Optional<String> wide(byte[] bytes, int length) {
    if (starts(bytes, length, 0xFF, 0xFE) || starts(bytes, length, 0xFE, 0xFF)) {
      return Optional.of("UTF-16");
    }
    int[] zeros = zeros(bytes, length);
    boolean wide = Math.max(zeros[0], zeros[1]) > Math.min(length, LOOKED_AT) / 4;
    return wide ? Optional.of(zeros[1] > zeros[0] ? "UTF-16LE" : "UTF-16BE") : Optional.empty();
  }

  /** Zero bytes at even and at odd places; letters of ASCII have one beside them in UTF-16. */
  private static int[] zeros(byte[] bytes, int length) {
    int[] zeros = new int[2];
    for (int i = 0; i < Math.min(length, LOOKED_AT); i++) {
      zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static boolean starts(byte[] bytes, int length, int... mark) {
    if (length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** The length of a UTF-8 mark at the start of these bytes: 3 or 0. */
  static int utf8(byte[] bytes, int length) {
    return starts(bytes, length, 0xEF, 0xBB, 0xBF) ? 3 : 0;
  }

  /** A text without the mark at its start. */
  static String without(String text) {
    return !text.isEmpty() && text.charAt(0) == CHARACTER ? text.substring(1) : text;
  }

  /** The bytes as text of UTF-8, for looking at. */
  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
