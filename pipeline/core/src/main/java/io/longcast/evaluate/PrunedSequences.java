package io.longcast.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Pruning of predicted sequences (Hundman et al., KDD 2018, section 3.3): sequences are ordered by
 * their peaks, the highest score outside all of them last; a sequence stays if its peak or one
 * below it lies more than a share above the next. Retrospective: it needs the whole series.
 *
 * @param share least relative drop between two peaks, in [0, 1); 0 keeps all
 */
public record PrunedSequences(double share) {

  public PrunedSequences {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("share must be in [0, 1), found " + share);
    }
  }

  /**
   * The sequences that stay, ascending.
   *
   * @param sequences ascending, apart from each other
   * @param scores one a row
   * @param from first row scored
   */
  public List<RowInterval> of(List<RowInterval> sequences, double[] scores, int from) {
    if (share == 0 || sequences.isEmpty()) {
      return sequences;
    }
    List<RowInterval> byPeak = new ArrayList<>(sequences);
    byPeak.sort(Comparator.comparingDouble((RowInterval s) -> -peak(s, scores)));
    int stay = 0;
    for (int k = 0; k < byPeak.size(); k++) {
      double here = peak(byPeak.get(k), scores);
      double next =
          k + 1 < byPeak.size()
              ? peak(byPeak.get(k + 1), scores)
              : outside(sequences, scores, from);
      stay = here > 0 && (here - next) / here > share ? k + 1 : stay;
    }
    List<RowInterval> kept = byPeak.subList(0, stay);
    return sequences.stream().filter(kept::contains).toList();
  }

  private static double peak(RowInterval sequence, double[] scores) {
    double most = 0;
    for (int t = sequence.first(); t <= sequence.last(); t++) {
      most = Math.max(most, scores[t]);
    }
    return most;
  }

  private static double outside(List<RowInterval> sequences, double[] scores, int from) {
    boolean[] inside = RowInterval.flags(sequences, scores.length);
    double most = 0;
    for (int t = from; t < scores.length; t++) {
      most = inside[t] ? most : Math.max(most, scores[t]);
    }
    return most;
  }
}
