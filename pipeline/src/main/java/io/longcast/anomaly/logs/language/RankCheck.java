package io.longcast.anomaly.logs.language;

import io.longcast.anomaly.logs.sequence.SessionCheck;
import io.longcast.anomaly.logs.sequence.SessionFinding;
import java.util.List;
import java.util.Optional;

/**
 * Every key of a session, and its end, must be among the most probable at its place (Du et al., CCS
 * 2017, there without the end, which is the decisive piece).
 *
 * @param model of normal sessions
 * @param top how many keys are allowed at each place, at least 1
 */
public record RankCheck(KeyLanguageModel model, int top) implements SessionCheck {

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
    return java.util.stream.IntStream.range(0, sessions.size())
        .mapToObj(i -> first(sessions.get(i), steps.get(i)))
        .toList();
  }

  private Optional<SessionFinding> first(int[] session, float[][] steps) {
    for (int i = 0; i <= session.length; i++) {
      int key = i == session.length ? model.keys() : session[i];
      int rank = key < 0 || key > model.keys() ? steps[i].length : rank(steps[i], key);
      if (rank >= top) {
        boolean end = i == session.length;
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
