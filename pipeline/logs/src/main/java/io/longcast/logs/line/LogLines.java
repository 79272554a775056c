package io.longcast.logs.line;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Turns the lines of one split of a file into rows of {@link LogReadStage#SCHEMA}: entries and
 * rejects. A line without a header continues the entry before it if so configured, up to the
 * maximum length of an entry.
 */
final class LogLines implements Iterator<Object[]> {
  private static final LogRecord FULL =
      LogRecord.rejected(RejectReason.TOO_LONG, "continues an entry of the maximum length");

  private final Iterator<RawLine> lines;
  private final Place place;
  private final LineParser parser;
  private final boolean multiline;
  private final int maxLength;
  private RawLine ahead;
  private boolean isFull;
  private LogRecord aheadRecord;

  /**
   * Where the lines are from.
   *
   * @param file the path
   * @param order its number among the files from the oldest on
   * @param isSeekable whether a line can be read again from its offset
   */
  record Place(String file, int order, boolean isSeekable) {}

  /**
   * @param maxLength of an entry of several lines, characters
   */
  LogLines(
      Iterator<RawLine> lines, Place place, LineParser parser, boolean multiline, int maxLength) {
    this.lines = lines;
    this.place = place;
    this.parser = parser;
    this.multiline = multiline;
    this.maxLength = maxLength;
    advance();
  }

  private void advance() {
    ahead = lines.hasNext() ? lines.next() : null;
    aheadRecord = ahead == null ? null : record(ahead);
    if (isFull && aheadRecord != null && isContinuation(aheadRecord)) {
      aheadRecord = FULL;
    }
  }

  private LogRecord record(RawLine line) {
    return line.reject() == null
        ? parser.parse(line.text())
        : LogRecord.rejected(line.reject(), "");
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public Object[] next() {
    if (ahead == null) {
      throw new NoSuchElementException("no line left in " + place.file());
    }
    RawLine first = ahead;
    LogRecord record = aheadRecord;
    isFull &= record.isReject();
    advance();
    List<String> more = new ArrayList<>();
    long length = first.text().length();
    while (multiline && !record.isReject() && ahead != null && isContinuation(aheadRecord)) {
      length += 1 + ahead.text().length();
      if (length > maxLength) {
        isFull = true;
        aheadRecord = FULL;
        break;
      }
      more.add(ahead.text());
      advance();
    }
    return row(first, record, more);
  }

  private static boolean isContinuation(LogRecord record) {
    return record.isReject() && record.reject().isContinuation();
  }

  private Object[] row(RawLine first, LogRecord record, List<String> more) {
    String rest = more.isEmpty() ? "" : "\n" + String.join("\n", more);
    return new Object[] {
      place.file(),
      first.offset(),
      record.time() == null ? null : Timestamp.from(record.time()),
      record.level(),
      record.component(),
      record.host(),
      record.session(),
      record.content() == null ? null : record.content() + rest,
      first.text() + rest,
      1 + more.size(),
      record.reason(),
      record.isReject() ? record.reject().name() : null,
      place.order(),
      place.isSeekable()
    };
  }
}
