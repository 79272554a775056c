package io.longcast.logs.language;

import io.longcast.logs.sequence.CheckQuality;
import io.longcast.logs.sequence.LengthCheck;
import io.longcast.logs.sequence.SessionFinding;
import io.longcast.logs.sequence.SessionSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A language model of normal sessions and what was measured of it on sessions it has not learned:
 * two more models are each trained on one half of the distinct sessions and asked about the other.
 * What a model says of sessions that it has learned is too sure.
 *
 * @param check the model of all sessions with its limits
 * @param quality on the halves not learned; with lengths where a normal session is no likelier to
 *     have a new one than to be alarmed by the model
 * @param perplexity on the halves not learned: 1 where every key is foreseen
 */
public record RankFit(RankCheck check, CheckQuality quality, double perplexity) {
  /** An end may be so much less probable than the least probable normal one. */
  private static final double MARGIN = 0.1;

  private static final int HALVES = 2;

  /** A model, the sessions it has learned and those it has not. */
  private record Half(KeyLanguageModel model, SessionSet learned, SessionSet held) {}

  /**
   * What a model says of a session that it has not learned.
   *
   * @param rank worst of its keys and its end, from 0
   * @param end probability of its end
   * @param count how often it occurred
   */
  private record Judged(int rank, double end, long count) {}

  /**
   * Trains three models.
   *
   * @param top keys allowed at each place at most
   * @param alarmBudget share of normal sessions that may be alarmed, in [0, 1)
   */
  public static RankFit fit(SessionSet normal, KeyTrainer trainer, int top, double alarmBudget) {
    KeyLanguageModel model = trainer.train(normal, "all");
    List<Half> halves = new ArrayList<>();
    if (normal.counts().length < HALVES) {
      halves.add(new Half(model, normal, normal));
    } else {
      for (int half = 0; half < HALVES; half++) {
        SessionSet learned = half(normal, half);
        KeyLanguageModel other = trainer.train(learned, "half " + (half + 1));
        halves.add(new Half(other, learned, half(normal, 1 - half)));
      }
    }
    List<Judged> held = halves.stream().flatMap(half -> judged(half).stream()).toList();
    double allowed = alarmBudget * normal.total();
    RankCheck limits =
        new RankCheck(model, minTop(held, top, allowed), MARGIN * minEnd(held, allowed), 1);
    CheckQuality alone = quality(halves, limits, false);
    boolean lengths = LengthCheck.fit(normal).chance() <= alone.chance();
    CheckQuality quality = lengths ? quality(halves, limits, true) : alone;
    RankCheck check = new RankCheck(model, limits.top(), limits.minEnd(), alone.chance());
    return new RankFit(check, quality, perplexity(halves));
  }

  /** The fewest keys, allowed at each place, that alarm no more held-out sessions than allowed. */
  private static int minTop(List<Judged> held, int most, double allowed) {
    int top = most;
    while (top > 1 && beyond(held, top - 1) <= allowed) {
      top--;
    }
    return top;
  }

  /** Sessions with a key or an end of this rank, from 0, or a worse one. */
  private static long beyond(List<Judged> held, int rank) {
    return held.stream().filter(one -> one.rank() >= rank).mapToLong(Judged::count).sum();
  }

  /** The smallest probability of an end that more sessions than allowed do not exceed. */
  private static double minEnd(List<Judged> held, double allowed) {
    List<Judged> byEnd = held.stream().sorted(Comparator.comparingDouble(Judged::end)).toList();
    long sum = 0;
    for (Judged one : byEnd) {
      sum += one.count();
      if (sum > allowed) {
        return one.end();
      }
    }
    return byEnd.get(byEnd.size() - 1).end();
  }

  private static List<Judged> judged(Half half) {
    List<Judged> judged = new ArrayList<>();
    List<float[][]> steps = half.model().probabilities(half.held().sequences());
    for (int i = 0; i < steps.size(); i++) {
      int[] session = half.held().sequences().get(i);
      float[][] step = steps.get(i);
      int end = half.model().keys();
      int worst = RankCheck.rank(step[session.length], end);
      for (int at = 0; at < session.length; at++) {
        worst = Math.max(worst, RankCheck.rank(step[at], session[at]));
      }
      judged.add(new Judged(worst, step[session.length][end], half.held().counts()[i]));
    }
    return judged;
  }

  private static CheckQuality quality(List<Half> halves, RankCheck like, boolean lengths) {
    return CheckQuality.together(
        halves.stream()
            .map(
                half -> {
                  RankCheck check = new RankCheck(half.model(), like.top(), like.minEnd(), 1);
                  LengthCheck length = lengths ? LengthCheck.fit(half.learned()) : null;
                  return CheckQuality.of(half.held(), sessions -> alarms(sessions, check, length));
                })
            .toList());
  }

  private static List<Boolean> alarms(List<int[]> sessions, RankCheck check, LengthCheck length) {
    List<Optional<SessionFinding>> found = check.checkAll(sessions);
    return IntStream.range(0, sessions.size())
        .mapToObj(
            i ->
                found.get(i).isPresent()
                    || length != null && length.check(sessions.get(i)).isPresent())
        .toList();
  }

  private static double perplexity(List<Half> halves) {
    return Math.exp(
        halves.stream()
            .mapToDouble(half -> Math.log(half.model().perplexity(half.held().sequences())))
            .average()
            .orElse(Double.NaN));
  }

  /** Every other distinct session. */
  private static SessionSet half(SessionSet all, int first) {
    int[] taken =
        IntStream.range(0, all.counts().length).filter(i -> i % HALVES == first).toArray();
    return new SessionSet(
        Arrays.stream(taken).mapToObj(all.sequences()::get).toList(),
        Arrays.stream(taken).mapToLong(i -> all.counts()[i]).toArray(),
        all.keys());
  }
}
