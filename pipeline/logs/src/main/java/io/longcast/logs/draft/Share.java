package io.longcast.logs.draft;

import java.util.List;
import java.util.function.Predicate;

/** What holds of most lines of a sample. */
final class Share {
  /** Characters in which the header of a line stands. */
  static final int HEADER = 120;

  private static final double MOST = 0.9;

  private Share() {}

  /** The share of texts that satisfy a condition; 0 of none. */
  static double share(List<String> texts, Predicate<String> condition) {
    return texts.isEmpty() ? 0 : (double) texts.stream().filter(condition).count() / texts.size();
  }

  /** Whether so many texts satisfy a condition that the others count as continuations or noise. */
  static boolean most(List<String> texts, Predicate<String> condition) {
    return areMost(texts.stream().filter(condition).count(), texts.size());
  }

  /** Whether so many of all texts are most. */
  static boolean areMost(long count, int all) {
    return all > 0 && count >= MOST * all;
  }
}
