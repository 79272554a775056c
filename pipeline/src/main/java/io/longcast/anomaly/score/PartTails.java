package io.longcast.anomaly.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What is usual for each score of a row, and for the combination: turns the scores of a row into
 * one number in [0, 1] that is one minus a tail probability, so that .999 is exceeded by one normal
 * row in a thousand, whatever the series and channel.
 *
 * <p>The surprise of a row is the largest {@code -ln} of the exceedance over its scores; its own
 * distribution over normal rows corrects for their number and dependence. It is fitted in two
 * passes over normal rows: the parts, then their combination.
 *
 * @param scores tails in the order of {@link RowParts}
 * @param surprise tail of the combination
 */
public record PartTails(List<TailModel> scores, TailModel surprise) implements Serializable {

  public PartTails {
    scores = List.copyOf(scores);
  }

  /** The surprise of the last row: 0 for a usual one, without bound. */
  public double surprise(RowParts parts) {
    double least = 1;
    for (int i = 0; i < parts.size(); i++) {
      least = Math.min(least, scores.get(i).exceedance(parts.score(i)));
    }
    return -Math.log(least);
  }

  /** Probability that a normal row is at least as surprising as the last one, in (0, 1]. */
  public double exceedance(RowParts parts) {
    return surprise.exceedance(surprise(parts));
  }

  /** States of a fit, one a score; they merge by {@link TailState#merge}. */
  public static List<TailState> states(int size) {
    List<TailState> states = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      states.add(new TailState());
    }
    return states;
  }

  /** Counts the last row into the states. */
  public static void add(RowParts parts, List<TailState> states) {
    for (int i = 0; i < parts.size(); i++) {
      states.get(i).add(parts.score(i));
    }
  }
}
