package io.longcast.anomaly.logs.language;

import io.longcast.anomaly.logs.sequence.CheckQuality;
import io.longcast.anomaly.logs.sequence.SessionSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A language model of normal sessions and what was measured of it on sessions it has not learned:
 * two more models are each trained on one half of the distinct sessions and asked about the other.
 * What a model says of sessions that it has learned is too sure.
 *
 * @param check the model of all sessions with its limits
 * @param quality on the halves not learned
 * @param perplexity on the halves not learned: 1 where every key is foreseen
 */
public record RankFit(RankCheck check, CheckQuality quality, double perplexity) {
  /** An end may be so much less probable than the least probable normal one. */
  private static final double MARGIN = 0.1;

  private static final int HALVES = 2;

  /** A model and the sessions it has not learned. */
  private record Half(KeyLanguageModel model, SessionSet held) {}

  /**
   * Trains three models.
   *
   * @param top keys allowed at each place
   * @param alarmBudget share of the sessions whose ends may be less probable than the measure
   */
  public static RankFit fit(SessionSet normal, KeyTrainer trainer, int top, double alarmBudget) {
    KeyLanguageModel model = trainer.train(normal, "all");
    List<Half> halves = new ArrayList<>();
    if (normal.counts().length < HALVES) {
      halves.add(new Half(model, normal));
    } else {
      for (int half = 0; half < HALVES; half++) {
        KeyLanguageModel other = trainer.train(half(normal, half), "half " + (half + 1));
        halves.add(new Half(other, half(normal, 1 - half)));
      }
    }
    TreeMap<Double, Long> ends = new TreeMap<>();
    halves.forEach(half -> ends(half, ends));
    RankCheck check =
        new RankCheck(model, top, MARGIN * quantile(ends, alarmBudget * normal.total()));
    return new RankFit(check, quality(halves, check), perplexity(halves));
  }

  private static CheckQuality quality(List<Half> halves, RankCheck like) {
    return CheckQuality.together(
        halves.stream()
            .map(
                half -> {
                  RankCheck check = new RankCheck(half.model(), like.top(), like.leastEnd());
                  return CheckQuality.of(
                      half.held(),
                      sessions ->
                          check.checkAll(sessions).stream()
                              .map(found -> found.isPresent())
                              .toList());
                })
            .toList());
  }

  private static double perplexity(List<Half> halves) {
    return Math.exp(
        halves.stream()
            .mapToDouble(half -> Math.log(half.model().perplexity(half.held().sequences())))
            .average()
            .orElse(Double.NaN));
  }

  private static void ends(Half half, TreeMap<Double, Long> to) {
    List<float[][]> steps = half.model().probabilities(half.held().sequences());
    for (int i = 0; i < steps.size(); i++) {
      float[][] session = steps.get(i);
      double end = session[session.length - 1][half.model().keys()];
      to.merge(end, half.held().counts()[i], Long::sum);
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
    int[] taken =
        IntStream.range(0, all.counts().length).filter(i -> i % HALVES == first).toArray();
    return new SessionSet(
        Arrays.stream(taken).mapToObj(all.sequences()::get).toList(),
        Arrays.stream(taken).mapToLong(i -> all.counts()[i]).toArray(),
        all.keys());
  }
}
