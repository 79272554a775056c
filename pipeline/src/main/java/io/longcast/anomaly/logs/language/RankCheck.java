package io.longcast.anomaly.logs.language;

import io.longcast.anomaly.logs.sequence.SessionCheck;
import io.longcast.anomaly.logs.sequence.SessionFinding;
import io.longcast.anomaly.logs.sequence.SessionSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Every key of a session, and its end, must be among the most probable at its place (Du et al., CCS
 * 2017, there without the end). The end must also be about as probable as it was in normal
 * sessions: where it is improbable, its rank among other improbable keys is chance.
 *
 * @param model of normal sessions
 * @param top how many keys are allowed at each place, at least 1
 * @param leastEnd probability that an end must have, in [0, 1]
 */
public record RankCheck(KeyLanguageModel model, int top, double leastEnd) implements SessionCheck {
  /** An end may be so much less probable than the least probable normal one. */
  private static final double MARGIN = 0.1;

  /**
   * Trains a model on normal sessions and measures their ends by two more, each trained on one half
   * of the distinct sessions and asked about the other: what a model says of sessions that it has
   * learned is too sure.
   *
   * @param alarmBudget share of the sessions whose ends may be less probable than the measure
   */
  public static RankCheck fit(
      SessionSet normal, KeyModelSpec spec, KeyTrainingSpec training, int top, double alarmBudget) {
    KeyLanguageModel model = KeyTraining.fit(normal, spec, training).model();
    TreeMap<Double, Long> ends = new TreeMap<>();
    if (normal.counts().length < 2) {
      ends(model, normal, ends);
    } else {
      for (int half = 0; half < 2; half++) {
        KeyLanguageModel other = KeyTraining.fit(half(normal, half), spec, training).model();
        ends(other, half(normal, 1 - half), ends);
      }
    }
    return new RankCheck(model, top, MARGIN * quantile(ends, alarmBudget * normal.total()));
  }

  private static void ends(KeyLanguageModel model, SessionSet sessions, TreeMap<Double, Long> to) {
    List<float[][]> steps = model.probabilities(sessions.sequences());
    for (int i = 0; i < steps.size(); i++) {
      float[][] session = steps.get(i);
      double end = session[session.length - 1][model.keys()];
      to.merge(end, sessions.counts()[i], Long::sum);
    }
  }

  /** The smallest value that more than {@code below} sessions do not exceed. */
  private static double quantile(TreeMap<Double, Long> counts, double below) {
    long sum = 0;
    for (var entry : counts.entrySet()) {
      sum += entry.getValue();
      if (sum > below) {
        return entry.getKey();
      }
    }
    return counts.lastKey();
  }

  /** Every other distinct session. */
  private static SessionSet half(SessionSet all, int first) {
    int[] taken = IntStream.range(0, all.counts().length).filter(i -> i % 2 == first).toArray();
    return new SessionSet(
        Arrays.stream(taken).mapToObj(all.sequences()::get).toList(),
        Arrays.stream(taken).mapToLong(i -> all.counts()[i]).toArray(),
        all.keys());
  }

  public RankCheck {
    if (top < 1) {
      throw new IllegalArgumentException("top must be >= 1, found " + top + " (key logs.rank.top)");
    }
  }

  @Override
  public Optional<SessionFinding> check(int[] session) {
    return checkAll(List.of(session)).get(0);
  }

  /** The findings of many sessions at once, which is faster. */
  public List<Optional<SessionFinding>> checkAll(List<int[]> sessions) {
    List<float[][]> steps = model.probabilities(sessions);
    return IntStream.range(0, sessions.size())
        .mapToObj(i -> first(sessions.get(i), steps.get(i)))
        .toList();
  }

  private Optional<SessionFinding> first(int[] session, float[][] steps) {
    for (int i = 0; i <= session.length; i++) {
      int key = i == session.length ? model.keys() : session[i];
      int rank = key < 0 || key > model.keys() ? steps[i].length : rank(steps[i], key);
      boolean end = i == session.length;
      if (rank >= top || end && steps[i][key] < leastEnd) {
        String what = (end ? "an end" : "a message") + " of rank " + (rank + 1);
        return Optional.of(new SessionFinding(end ? "end" : "rank", i, what));
      }
    }
    return Optional.empty();
  }

  /** Classes that are more probable. */
  static int rank(float[] probabilities, int key) {
    int rank = 0;
    for (float p : probabilities) {
      rank += p > probabilities[key] ? 1 : 0;
    }
    return rank;
  }
}
