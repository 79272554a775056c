package io.longcast.logs.line;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Turns the lines of one split of a file into entries: a line without a header goes on the entry
 * before it where that is asked for.
 */
final class LogLines implements Iterator<Object[]> {
  private final Iterator<Line> lines;
  private final String file;
  private final LineParser parser;
  private final boolean multiline;
  private Line first;
  private LogRecord record;
  private Line ahead;
  private LogRecord aheadRecord;

  /** One line and the bytes before it. */
  record Line(long offset, String text) {}

  LogLines(Iterator<Line> lines, String file, LineSpec spec) {
    this.lines = lines;
    this.file = file;
    this.parser = new LineParser(spec);
    this.multiline = spec.multiline();
    advance();
  }

  private void advance() {
    ahead = lines.hasNext() ? lines.next() : null;
    aheadRecord = ahead == null ? null : parser.parse(ahead.text());
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  /**
   * source_file, source_offset, timestamp, level, component, session_id, content, line, lines,
   * reason.
   */
  @Override
  public Object[] next() {
    if (ahead == null) {
      throw new NoSuchElementException("no line left in " + file);
    }
    first = ahead;
    record = aheadRecord;
    advance();
    List<String> more = new ArrayList<>();
    while (multiline && !record.isReject() && ahead != null && aheadRecord.isReject()) {
      more.add(ahead.text());
      advance();
    }
    return row(more);
  }

  private Object[] row(List<String> more) {
    String rest = more.isEmpty() ? "" : "\n" + String.join("\n", more);
    return new Object[] {
      file,
      first.offset(),
      record.time() == null ? null : Timestamp.from(record.time()),
      record.level(),
      record.component(),
      record.session(),
      record.content() == null ? null : record.content() + rest,
      first.text() + rest,
      1 + more.size(),
      record.reason()
    };
  }
}
