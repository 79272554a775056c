package io.longcast.anomaly.pattern;

/** What the values of a series are, and so what is looked at. */
enum Form {
  /** Levels: the values themselves. */
  LEVELS,
  /** Counts that only rise, until they begin anew: their increases. */
  COUNTER;

  private static final double RISING = .99;
  private static final double MOVING = .1;

  /** Read off learning rows: a counter falls at most at one row in a hundred. */
  static Form of(double[] values) {
    int falls = 0;
    int rises = 0;
    for (int i = 1; i < values.length; i++) {
      falls += values[i] < values[i - 1] ? 1 : 0;
      rises += values[i] > values[i - 1] ? 1 : 0;
    }
    int steps = values.length - 1;
    boolean isCounter = falls <= (1 - RISING) * steps && rises >= MOVING * steps;
    return isCounter ? COUNTER : LEVELS;
  }

  static double increase(double before, double now) {
    return now >= before ? now - before : Math.max(0, now);
  }

  /** What is looked at of a value. */
  double signal(double before, double now) {
    return this == COUNTER ? increase(before, now) : now;
  }
}
