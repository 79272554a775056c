package io.longcast.logs.sequence;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The normal session that needs the fewest keys put in or taken out to become a given one, among
 * the most frequent.
 *
 * @param candidates most frequent first
 */
public record NearestSession(List<int[]> candidates) implements Serializable {

  /** One key put in or taken out. */
  public record Edit(int position, int key, boolean extra) implements Serializable {}

  public NearestSession {
    candidates = List.copyOf(candidates);
  }

  /** The most frequent normal sessions. */
  public static NearestSession of(SessionSet normal, int most) {
    return new NearestSession(
        IntStream.range(0, normal.counts().length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> -normal.counts()[i]))
            .limit(most)
            .map(normal.sequences()::get)
            .toList());
  }

  /** What distinguishes a session from the nearest normal one: its extra and its missing keys. */
  public List<Edit> edits(int[] session) {
    int[] nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (int[] candidate : candidates) {
      if (Math.abs(candidate.length - session.length) < fewest) {
        int distance = table(session, candidate)[session.length][candidate.length];
        if (distance < fewest) {
          fewest = distance;
          nearest = candidate;
        }
      }
    }
    return nearest == null ? List.of() : path(session, nearest);
  }

  /** Edits between prefixes. */
  private static int[][] table(int[] a, int[] b) {
    int[][] edits = new int[a.length + 1][b.length + 1];
    for (int i = 0; i <= a.length; i++) {
      for (int j = 0; j <= b.length; j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
        } else if (a[i - 1] == b[j - 1]) {
          edits[i][j] = edits[i - 1][j - 1];
        } else {
          edits[i][j] = 1 + Math.min(edits[i - 1][j], edits[i][j - 1]);
        }
      }
    }
    return edits;
  }

  private static List<Edit> path(int[] session, int[] normal) {
    int[][] table = table(session, normal);
    List<Edit> edits = new ArrayList<>();
    int i = session.length;
    int j = normal.length;
    while (i > 0 || j > 0) {
      if (i > 0 && j > 0 && session[i - 1] == normal[j - 1]) {
        i--;
        j--;
      } else if (j == 0 || i > 0 && table[i - 1][j] < table[i][j - 1]) {
        edits.add(0, new Edit(--i, session[i], true));
      } else {
        edits.add(0, new Edit(i, normal[--j], false));
      }
    }
    return edits;
  }
}
