package io.longcast.logs;

import io.longcast.logs.sequence.SessionFinding;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges lines as they arrive. A session that is silent for longer than the timeout, by the time in
 * the lines, has ended. What is kept of an open session does not grow with its length. Not
 * thread-safe.
 */
public final class LogStream implements AutoCloseable {
  private final LogModel model;
  private final long timeoutMillis;
  private final TemplateMatcher matcher;
  private final SessionScorer scorer;
  private final Map<String, Integer> keys = new HashMap<>();

  /** Open sessions, the one that was silent longest first. */
  private final LinkedHashMap<String, OpenSession> open;

  private long now;
  private long unmatched;

  /**
   * An abnormal session.
   *
   * @param session its id
   * @param finding where and why it departs
   * @param place of the line, as it was given
   * @param difference from the nearest normal session
   */
  public record Alarm(String session, SessionFinding finding, long place, String difference) {}

  /**
   * What a stream must not forget when it is interrupted.
   *
   * @param model fingerprint of the model
   */
  private record State(int model, LinkedHashMap<String, OpenSession> open, long now, long unmatched)
      implements Serializable {}

  /** A stream scored by a model. */
  public LogStream(LogModel model, Duration timeout) {
    this(
        model,
        timeout,
        new State(fingerprint(model), new LinkedHashMap<>(16, 0.75f, true), Long.MIN_VALUE, 0));
  }

  /**
   * Goes on where a stream was interrupted.
   *
   * @param state what {@link #state()} gave, from a place that is trusted: it is read by Java's own
   *     serialization
   * @throws IllegalArgumentException if the open sessions were scored by another model
   */
  public static LogStream resumed(LogModel model, Duration timeout, byte[] state) {
    State read = read(state);
    if (read.model() != fingerprint(model)) {
      throw new IllegalArgumentException(
          "the state of a stream must be of the same model, found another: go on with the model"
              + " that scored the open sessions, or start without the state");
    }
    return new LogStream(model, timeout, read);
  }

  private LogStream(LogModel model, Duration timeout, State state) {
    this.model = model;
    open = state.open();
    now = state.now();
    unmatched = state.unmatched();
    timeoutMillis = timeout.toMillis();
    matcher = TemplateMatcher.of(model.templates(), model.templateSpec());
    scorer = new SessionScorer(model.sequences());
    for (Template template : model.templates()) {
      keys.put(template.text(), keys.size());
    }
  }

  /**
   * The next line.
   *
   * @param place its location, such as the bytes before it in its file
   * @return the alarms of sessions that have ended by then
   */
  public List<Alarm> accept(String session, String content, long millis, long place) {
    now = Math.max(now, millis);
    List<Alarm> alarms = ended();
    OpenSession one = open.computeIfAbsent(session, id -> scorer.open());
    Template template = matcher.match(content);
    int key = template == null ? SessionSet.UNSEEN : keys.get(template.text());
    unmatched += template == null ? 1 : 0;
    scorer.add(one, key, millis, place);
    return alarms;
  }

  private List<Alarm> ended() {
    List<Alarm> alarms = new ArrayList<>();
    Iterator<Map.Entry<String, OpenSession>> sessions = open.entrySet().iterator();
    while (sessions.hasNext()) {
      Map.Entry<String, OpenSession> oldest = sessions.next();
      if (oldest.getValue().millis() >= now - timeoutMillis) {
        break;
      }
      alarm(oldest.getKey(), oldest.getValue()).ifPresent(alarms::add);
      sessions.remove();
    }
    return alarms;
  }

  private Optional<Alarm> alarm(String id, OpenSession session) {
    return scorer.close(session).map(finding -> alarm(id, session, finding));
  }

  private Alarm alarm(String id, OpenSession session, SessionFinding finding) {
    int[] first = session.keys();
    int position =
        session.length() > first.length ? finding.position() : model.position(first, finding);
    return new Alarm(
        id,
        new SessionFinding(
            finding.check(), position, model.readable(finding.reason()), finding.chance()),
        session.place(position),
        model.difference(first));
  }

  /** Sessions that are open. */
  public int openSessions() {
    return open.size();
  }

  /** Lines so far that fit no template. */
  public long unmatchedLines() {
    return unmatched;
  }

  /** All that a stream must know to go on after a restart: the open sessions and the time. */
  public byte[] state() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new State(fingerprint(model), open, now, unmatched));
    } catch (IOException e) {
      throw new IllegalStateException("open sessions cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static State read(byte[] state) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(state))) {
      return (State) in.readObject();
    } catch (IOException | ClassNotFoundException | ClassCastException e) {
      throw new IllegalArgumentException("these bytes are not the state of a log stream", e);
    }
  }

  /** Equal for models that keep the same of an open session. */
  private static int fingerprint(LogModel model) {
    SequenceModel sequences = model.sequences();
    return Objects.hash(
        model.templates(),
        sequences.choice(),
        Arrays.hashCode(sequences.ranks().model().parameters()));
  }

  /** Ends all sessions. */
  public List<Alarm> end() {
    List<Alarm> alarms = new ArrayList<>();
    open.forEach((id, session) -> alarm(id, session).ifPresent(alarms::add));
    open.clear();
    return alarms;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
