package io.longcast.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The word that was probably meant, by edit distance. */
final class Suggestion {
  private static final int MAX_LENGTH = 64;

  private Suggestion() {}

  /** {@code ; did you mean "x"?}, or nothing where no known word is near. */
  static String of(String typed, Collection<String> known) {
    if (typed.length() > MAX_LENGTH) {
      return "";
    }
    int limit = Math.max(2, typed.length() / 3);
    return known.stream()
        .filter(word -> distance(typed, word) <= limit)
        .min(
            Comparator.comparingInt((String word) -> distance(typed, word))
                .thenComparing(word -> word))
        .map(word -> "; did you mean \"" + word + "\"?")
        .orElse("");
  }

  /** Levenshtein's distance, letter case ignored. */
  static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int best = Math.min(diagonal + cost, Math.min(row[j], row[j - 1]) + 1);
        diagonal = row[j];
        row[j] = best;
      }
    }
    return row[right.length()];
  }
}
