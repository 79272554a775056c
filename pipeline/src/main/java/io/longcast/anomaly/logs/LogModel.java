package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.language.RankCheck;
import io.longcast.anomaly.logs.sequence.CountVectorCheck;
import io.longcast.anomaly.logs.sequence.GapCheck;
import io.longcast.anomaly.logs.sequence.NearestSession;
import io.longcast.anomaly.logs.sequence.SessionCheck;
import io.longcast.anomaly.logs.sequence.SessionFinding;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.anomaly.logs.sequence.TransitionTable;
import io.longcast.anomaly.logs.sequence.TransitionTable.Expectation;
import io.longcast.anomaly.logs.sequence.TwoGramCheck;
import io.longcast.anomaly.logs.sequence.UnseenKeyCheck;
import io.longcast.anomaly.logs.template.Template;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was learned from normal lines. Key {@code k} is the template {@code templates.get(k)}.
 *
 * @param spec that it was learned by
 * @param templates of the training lines in canonical order
 * @param counts vectors of the normal sessions; off where there were too few
 * @param pairs of neighbours; null where they vary too freely for the alarm budget
 * @param transitions which key follows which
 * @param gaps times between messages
 * @param nearest frequent normal sessions
 * @param ranks by the language model of keys; null where there were sessions enough for the counts
 * @param sessions normal sessions learned from
 */
public record LogModel(
    LogSpec spec,
    List<Template> templates,
    UnseenKeyCheck unseen,
    CountVectorCheck counts,
    TwoGramCheck pairs,
    TransitionTable transitions,
    GapCheck gaps,
    NearestSession nearest,
    RankCheck ranks,
    long sessions)
    implements Serializable {
  private static final int EXPECTED = 5;
  private static final int SHOWN_EDITS = 6;

  public LogModel {
    templates = List.copyOf(templates);
  }

  /** Where a finished session departs first, or nothing. */
  public Optional<SessionFinding> check(int[] session, long[] millis) {
    SessionCheck order = ranks == null ? counts : ranks;
    return unseen
        .check(session)
        .or(() -> order.check(session))
        .or(() -> pairs == null ? Optional.empty() : pairs.check(session))
        .or(() -> gaps.check(session, millis));
  }

  /** The keys most probable at a position, with their probabilities. */
  public List<Expectation> expected(int[] session, int position) {
    if (ranks == null) {
      return transitions.expected(session, position, EXPECTED);
    }
    float[] row = ranks.model().probabilities(List.of(session)).get(0)[position];
    return java.util.stream.IntStream.range(0, row.length)
        .mapToObj(key -> new Expectation(key, row[key]))
        .sorted(
            java.util.Comparator.comparingDouble((Expectation e) -> -e.probability())
                .thenComparingInt(Expectation::key))
        .limit(EXPECTED)
        .toList();
  }

  /** How the session differs from the nearest normal one. */
  public String difference(int[] session) {
    return nearest.edits(session).stream()
        .limit(SHOWN_EDITS)
        .map(
            edit ->
                (edit.extra() ? "extra at " : "missing before ")
                    + edit.position()
                    + ": "
                    + text(edit.key()))
        .collect(Collectors.joining("; "));
  }

  /** The template of a key; words for the end and for what was never seen. */
  String text(int key) {
    return key == SessionSet.UNSEEN
        ? "(unknown message)"
        : key == templates.size() ? "(end of session)" : templates.get(key).text();
  }

  /** Id of a key's template, null for the end and for what was never seen. */
  String id(int key) {
    return key < 0 || key >= templates.size() ? null : templates.get(key).id();
  }
}
