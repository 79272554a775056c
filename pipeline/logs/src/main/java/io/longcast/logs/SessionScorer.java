package io.longcast.logs;

import io.longcast.logs.language.KeyWalk;
import io.longcast.logs.sequence.SessionFinding;
import java.util.Optional;

/**
 * Judges sessions message by message, the same whether they come whole or in pieces. One scorer
 * serves many open sessions, one at a time. Not thread-safe.
 */
public final class SessionScorer implements AutoCloseable {
  private final SequenceModel model;
  private final KeyWalk walk;

  /** A scorer by a model. */
  public SessionScorer(SequenceModel model) {
    this.model = model;
    walk = model.choice().byCounts() ? null : new KeyWalk(model.ranks().model());
  }

  /** A session before its first message. */
  public OpenSession open() {
    return new OpenSession(
        model.normal().all().keys(), model.counts().tally(), walk == null ? null : walk.start());
  }

  /**
   * The next message of a session.
   *
   * @param key its number, or that of what was never seen
   * @param millis its time, milliseconds since the epoch
   */
  public void add(OpenSession session, int key, long millis) {
    int position = session.length();
    if (session.unseen == null && !model.unseen().isSeen(key)) {
      session.unseen = model.unseen().finding(position);
    }
    if (session.pair == null && model.pairs() != null && !model.pairs().isSeen(session.last, key)) {
      session.pair = model.pairs().finding(position, false);
    }
    if (session.gap == null && position > 0) {
      long gap = millis - session.millis();
      session.gap = model.gaps().check(position, session.last, key, gap).orElse(null);
    }
    if (walk == null) {
      session.tally.add(key);
    } else {
      rank(session, position, key);
    }
    session.remember(key, millis);
  }

  private void rank(OpenSession session, int position, int key) {
    if (session.order == null) {
      session.order = model.ranks().check(position, session.state, key).orElse(null);
    }
    walk.add(session.state, key);
  }

  /** Where a session that has ended departs from normal ones, or nothing. */
  public Optional<SessionFinding> close(OpenSession session) {
    return Optional.ofNullable(session.unseen)
        .or(() -> order(session))
        .or(() -> length(session))
        .or(() -> pair(session))
        .or(() -> Optional.ofNullable(session.gap));
  }

  /**
   * Where a session departs that goes on: what no later message can explain. In the order of {@link
   * #close}, which may also find what is missing at the end.
   */
  public Optional<SessionFinding> soFar(OpenSession session) {
    return Optional.ofNullable(session.unseen)
        .or(
            () ->
                walk == null
                    ? model.counts().exceeded(session.tally)
                    : Optional.ofNullable(session.order))
        .or(() -> Optional.ofNullable(session.pair))
        .or(() -> Optional.ofNullable(session.gap));
  }

  private Optional<SessionFinding> order(OpenSession session) {
    return walk == null
        ? model.counts().check(session.tally)
        : Optional.ofNullable(session.order)
            .or(() -> model.ranks().checkEnd(session.length(), session.state));
  }

  private Optional<SessionFinding> length(OpenSession session) {
    return model.lengths() == null ? Optional.empty() : model.lengths().check(session.length());
  }

  private Optional<SessionFinding> pair(OpenSession session) {
    boolean end =
        session.pair == null
            && model.pairs() != null
            && !model.pairs().isSeen(session.last, model.normal().all().keys());
    return end
        ? Optional.of(model.pairs().finding(session.length(), true))
        : Optional.ofNullable(session.pair);
  }

  /** A whole session at once. */
  public Optional<SessionFinding> check(int[] keys, long[] millis) {
    OpenSession session = open();
    for (int i = 0; i < keys.length; i++) {
      add(session, keys[i], millis[i]);
    }
    return close(session);
  }

  @Override
  public void close() {
    if (walk != null) {
      walk.close();
    }
  }
}
