package io.longcast.clean;

/** Settles rows of one series with the same time. */
final class DuplicateRows {
  private final CleanSpec.Duplicates policy;

  DuplicateRows(CleanSpec.Duplicates policy) {
    this.policy = policy;
  }

  /**
   * Settles each group of equal times.
   *
   * @param rows the series
   * @param order its rows in the order of time, then file; rewritten to the rows that stay
   * @param count how many of {@code order} count
   * @return how many rows stay
   */
  int settle(SeriesBuffer rows, int[] order, int count) {
    int kept = 0;
    int begin = 0;
    while (begin < count) {
      int end = begin + 1;
      while (end < count && rows.micros(order[end]) == rows.micros(order[begin])) {
        end++;
      }
      if (end - begin == 1) {
        order[kept++] = order[begin];
      } else {
        kept = settleGroup(rows, order, begin, end, kept);
      }
      begin = end;
    }
    return kept;
  }

  private int settleGroup(SeriesBuffer rows, int[] order, int begin, int end, int kept) {
    int stays =
        switch (policy) {
          case FIRST, MEAN -> order[begin];
          case LAST -> order[end - 1];
          case REJECT -> -1;
        };
    if (policy == CleanSpec.Duplicates.MEAN) {
      average(rows, order, begin, end);
    } else {
      String reason =
          "duplicate time, one of %d rows (clean.duplicates = %s)"
              .formatted(end - begin, policy.name().toLowerCase(java.util.Locale.ROOT));
      for (int i = begin; i < end; i++) {
        if (order[i] != stays) {
          rows.reject(order[i], reason);
        }
      }
    }
    if (stays < 0) {
      return kept;
    }
    order[kept] = stays;
    return kept + 1;
  }

  private static void average(SeriesBuffer rows, int[] order, int begin, int end) {
    for (int column = 0; column < rows.columns(); column++) {
      double sum = 0;
      int count = 0;
      for (int i = begin; i < end; i++) {
        double value = rows.number(column, order[i]);
        if (!Double.isNaN(value)) {
          sum += value;
          count++;
        }
      }
      rows.set(column, order[begin], count == 0 ? Double.NaN : sum / count);
    }
  }
}
