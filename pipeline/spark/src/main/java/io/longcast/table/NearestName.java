package io.longcast.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be, for "did you mean" in messages. */
public final class NearestName {

  private NearestName() {}

  /**
   * The candidate with the fewest edits from {@code word}, upper and lower case being one.
   *
   * @return empty if even the nearest differs in more than a third of its letters (at least one
   *     edit is always allowed)
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparingInt((String name) -> edits(word, name)).thenComparing(name -> name))
        .filter(name -> edits(word, name) <= Math.max(1, name.length() / 3));
  }

  /** The text {@code , did you mean "x"?}, or nothing where no candidate is near. */
  public static String hint(String word, Collection<String> candidates) {
    return to(word, candidates).map(name -> ", did you mean \"" + name + "\"?").orElse("");
  }

  private static int edits(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[] above = new int[to.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int swap = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
