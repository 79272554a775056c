package io.longcast.logs.language;

import io.longcast.logs.sequence.SessionCheck;
import io.longcast.logs.sequence.SessionFinding;
import io.longcast.settings.SettingChecks;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every key of a session, and its end, must be among the most probable at its place (Du et al., CCS
 * 2017, there without the end). The end must also be about as probable as it was in normal
 * sessions: where it is improbable, its rank among other improbable keys is chance.
 *
 * @param model of normal sessions
 * @param top how many keys are allowed at each place, at least 1
 * @param minEnd probability that an end must have, in [0, 1]
 * @param chance that a normal session is alarmed, as measured on held-out ones
 */
public record RankCheck(KeyLanguageModel model, int top, double minEnd, double chance)
    implements SessionCheck {

  /** The rank of a key that no normal session has: no limit allows it. */
  private static final int UNSEEN = Integer.MAX_VALUE - 1;

  public RankCheck {
    SettingChecks.atLeast(top, 1, "logs.sequences.rankTop");
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
    for (int i = 0; i < session.length; i++) {
      int rank = isKey(session[i]) ? rank(steps[i], session[i]) : UNSEEN;
      if (rank >= top) {
        return Optional.of(finding(i, rank));
      }
    }
    float[] last = steps[session.length];
    int end = model.keys();
    return checkEnd(session.length, rank(last, end), last[end]);
  }

  private boolean isKey(int key) {
    return key >= 0 && key < model.keys();
  }

  /** Whether the key at a position is a finding, while the session is open. */
  public Optional<SessionFinding> check(int position, KeyWalk.State state, int key) {
    int rank = isKey(key) ? state.rank(key) : UNSEEN;
    return rank >= top ? Optional.of(finding(position, rank)) : Optional.empty();
  }

  /** Whether the end after {@code length} keys is a finding. */
  public Optional<SessionFinding> checkEnd(int length, KeyWalk.State state) {
    return checkEnd(length, state.rank(model.keys()), state.probability(model.keys()));
  }

  private Optional<SessionFinding> checkEnd(int length, int rank, double probability) {
    return rank >= top || probability < minEnd
        ? Optional.of(
            new SessionFinding(
                "end",
                length,
                "an end of rank %d, probability %.2g".formatted(rank + 1, probability),
                chance))
        : Optional.empty();
  }

  private SessionFinding finding(int position, int rank) {
    String what =
        rank == UNSEEN ? "a message that no normal session has" : "a message of rank " + (rank + 1);
    return new SessionFinding("rank", position, what, chance);
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
