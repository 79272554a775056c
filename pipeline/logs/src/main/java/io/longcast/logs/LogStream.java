package io.longcast.logs;

import io.longcast.logs.sequence.SessionFinding;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;
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
  private static final StateFormat FORMAT =
      new StateFormat("log stream state", 1, "start the stream without its state");
  private static final int MAX_ID = 1 << 20;

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

  /** A stream scored by a model. */
  public LogStream(LogModel model, Duration timeout) {
    this.model = model;
    open = new LinkedHashMap<>(16, 0.75f, true);
    now = Long.MIN_VALUE;
    timeoutMillis = timeout.toMillis();
    matcher = TemplateMatcher.of(model.templates(), model.templateSpec());
    scorer = new SessionScorer(model.sequences());
    for (Template template : model.templates()) {
      keys.put(template.text(), keys.size());
    }
  }

  /**
   * Resumes an interrupted stream.
   *
   * @param state what {@link #state()} gave
   * @throws io.longcast.state.StateFormatException if the bytes are no such state, are damaged, or
   *     the open sessions were scored by another model
   */
  public static LogStream resumed(LogModel model, Duration timeout, byte[] state) {
    return FORMAT.read(
        state,
        fields -> {
          LogStream stream = new LogStream(model, timeout);
          stream.fields(fields);
          return stream;
        });
  }

  private void fields(StateFields fields) {
    fields.same("model", Integer.toString(fingerprint(model)));
    now = fields.number(now);
    unmatched = fields.number(unmatched);
    List<String> ids = new ArrayList<>(open.keySet());
    int count = fields.count(ids.size(), Integer.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      String id = fields.text(i < ids.size() ? ids.get(i) : "", MAX_ID);
      open.computeIfAbsent(id, each -> scorer.open()).fields(fields);
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
    return FORMAT.write(this::fields);
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
