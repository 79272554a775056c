package io.longcast.logs;

import io.longcast.logs.sequence.SessionSet;
import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A line on its way to its session.
 *
 * @param millis its time, milliseconds since the epoch
 * @param file it is of, or topic and partition
 * @param offset in it
 * @param host that wrote it; null where the log does not say
 * @param key of its template, or that of what was never seen
 * @param isEnd whether it ends its session
 * @param text its begin; null where it is not kept
 * @param reject why it is no entry; null in an entry
 */
record ArrivedLine(
    long millis,
    String file,
    long offset,
    String host,
    int key,
    boolean isEnd,
    String text,
    String reject) {
  private static final int MAX_FILE = 1 << 16;
  private static final int MAX_HOST = 1 << 16;
  private static final int MAX_TEXT = 1 << 16;
  private static final ArrivedLine NONE = new ArrivedLine(0, "", 0, null, 0, false, null, null);

  /** Between two operators of one query: never on disk for longer than a micro-batch. */
  private static final StateFormat CHUNK =
      new StateFormat("log line", 1, "start the stream with an empty stream.checkpoint");

  byte[] toBytes() {
    return CHUNK.write(fields -> fields(fields, List.of(this)));
  }

  static ArrivedLine of(byte[] chunk) {
    return CHUNK.read(chunk, fields -> fields(fields, List.of()).get(0));
  }

  ArrivedLine withoutText() {
    return new ArrivedLine(millis, file, offset, host, key, isEnd, null, reject);
  }

  /** Lines as fields of a state, each file named once. */
  static List<ArrivedLine> fields(StateFields fields, List<ArrivedLine> now) {
    Set<String> distinct = new LinkedHashSet<>();
    now.forEach(line -> distinct.add(line.file));
    List<String> known = List.copyOf(distinct);
    List<String> files = new ArrayList<>();
    int fileCount = fields.count(known.size(), Integer.MAX_VALUE);
    for (int i = 0; i < fileCount; i++) {
      files.add(fields.text(i < known.size() ? known.get(i) : "", MAX_FILE));
    }
    List<ArrivedLine> lines = new ArrayList<>();
    int count = fields.count(now.size(), Integer.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      ArrivedLine line = i < now.size() ? now.get(i) : NONE;
      int file = fields.count(Math.max(0, known.indexOf(line.file)), files.size() - 1);
      lines.add(line.fields(fields, files.get(file)));
    }
    return lines;
  }

  private ArrivedLine fields(StateFields fields, String inFile) {
    return new ArrivedLine(
        fields.number(millis),
        inFile,
        fields.number(offset),
        optional(fields, host, MAX_HOST),
        (int) fields.number(key),
        fields.flag(isEnd),
        optional(fields, text, MAX_TEXT),
        optional(fields, reject, MAX_TEXT));
  }

  private static String optional(StateFields fields, String text, int max) {
    return fields.flag(text != null) ? fields.text(text == null ? "" : text, max) : null;
  }

  /** File and offset as tables name them. */
  String place() {
    return file + "#" + offset;
  }

  /** Whether it fits no template. */
  boolean isUnmatched() {
    return key == SessionSet.UNSEEN;
  }
}
