package io.longcast.logs;

import io.longcast.state.StateFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An open session of a stream: what {@link SessionScorer} knows of it, the lines that an alarm may
 * have to show, and the lines that wait for the watermark. But for the latter its size is bounded.
 */
final class StreamedSession implements ScoredSession {
  private static final int MAX_CHARACTERS = 1 << 15;

  private final String id;
  private final OpenSession scored;
  private final Map<Integer, ArrivedLine> noted = new TreeMap<>();
  private List<ArrivedLine> waiting = new ArrayList<>();
  private List<ArrivedLine> last = List.of();
  private int unmatched;
  private int characters;
  private long start;
  private boolean isClosed;

  StreamedSession(String id, OpenSession scored) {
    this.id = id;
    this.scored = scored;
  }

  void fields(StateFields fields) {
    scored.fields(fields);
    List<Integer> places = new ArrayList<>(noted.keySet());
    List<ArrivedLine> lines = ArrivedLine.fields(fields, new ArrayList<>(noted.values()));
    for (int i = 0; i < lines.size(); i++) {
      noted.put(
          fields.count(i < places.size() ? places.get(i) : 0, Integer.MAX_VALUE), lines.get(i));
    }
    last = ArrivedLine.fields(fields, last);
    waiting = new ArrayList<>(ArrivedLine.fields(fields, waiting));
    unmatched = fields.count(unmatched, Integer.MAX_VALUE);
    characters = fields.count(characters, Integer.MAX_VALUE);
    start = fields.number(start);
    if (last.size() != Math.min(1, scored.length())) {
      throw new IllegalArgumentException(
          "%d last lines of %d".formatted(last.size(), scored.length()));
    }
  }

  OpenSession scored() {
    return scored;
  }

  /** Lines that the watermark has not passed. */
  List<ArrivedLine> waiting() {
    return waiting;
  }

  /** Time of the last line that was scored. */
  long scoredUntil() {
    return last.isEmpty() ? Long.MIN_VALUE : last.get(0).millis();
  }

  /** Whether the last line that was scored ends the session. */
  boolean isEnded() {
    return !last.isEmpty() && last.get(0).isEnd();
  }

  /** Scores the next line. */
  void add(SessionScorer scorer, ArrivedLine line) {
    int position = scored.length();
    scorer.add(scored, line.key(), line.millis());
    unmatched += line.isUnmatched() ? 1 : 0;
    start = position == 0 ? line.millis() : start;
    if (scored.isFoundAt(position)) {
      noted.put(position, line);
    } else if (position < OpenSession.REMEMBERED) {
      noted.put(position, kept(line));
    }
    last = List.of(line);
  }

  private ArrivedLine kept(ArrivedLine line) {
    characters += line.text() == null ? 0 : line.text().length();
    return characters > MAX_CHARACTERS ? line.withoutText() : line;
  }

  void close() {
    isClosed = true;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int[] keys() {
    return scored.keys();
  }

  @Override
  public int length() {
    return scored.length();
  }

  @Override
  public Place place(int position) {
    ArrivedLine line = noted.getOrDefault(position, last.get(0));
    return new Place(
        line.millis(), line.key(), line.file(), line.offset(), line.host(), line.text());
  }

  @Override
  public int unmatched() {
    return unmatched;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public boolean isTimed() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }
}
