package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A {@link PatternScorer} of one channel that learns from the first rows, and while these are few
 * anew from all rows so far whenever there are four times as many, last at {@value #LAST_FIT} rows.
 * What was learned from a few days would otherwise stay for years. State is constant, about 60 kB,
 * and restores to the bit. Not thread-safe.
 */
public final class GrowingPattern implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows that are enough to learn from. */
  public static final int LAST_FIT = 1536;

  /**
   * Rows after which earlier ones no longer count, except for what was learned from them and for
   * what fades by {@link PatternScorer#LEVEL_HALF_LIFE}.
   */
  public static final int MEMORY = 4096;

  private static final int GROWTH = 4;

  private final PatternSpec spec;
  private double[] kept = new double[0];
  private int count;

  /** Rows at which it learns next; 0: never again. */
  private int due;

  private PatternScorer scorer;
  private double score;
  private double settledScore;
  private int settleRows;
  private Component leading = Component.RESIDUAL;

  /** Before its first row. */
  public GrowingPattern(PatternSpec spec) {
    this.spec = spec;
    due = PatternScorer.MIN_ROWS;
  }

  /**
   * Learns the first rows of a series.
   *
   * @param values not a number where missing
   */
  public void learn(double[] rows) {
    double[] values = sinceKnown(rows);
    if (values.length < LAST_FIT) {
      kept = Arrays.copyOf(values, LAST_FIT);
      count = values.length;
    }
    due = values.length;
    if (values.length >= PatternScorer.MIN_ROWS) {
      fit(values);
    } else {
      due = PatternScorer.MIN_ROWS;
    }
  }

  /** Without the missing values at the start: from them alone no unit can be learned. */
  private static double[] sinceKnown(double[] rows) {
    int first = 0;
    while (first < rows.length && !Double.isFinite(rows[first])) {
      first++;
    }
    return Arrays.copyOfRange(rows, first, rows.length);
  }

  private void fit(double[] values) {
    scorer = PatternScorer.learn(spec, PatternSample.of(spec, values));
    if (values.length >= LAST_FIT) {
      kept = new double[0];
      count = 0;
      due = 0;
    } else {
      due = 2 * GROWTH * due > LAST_FIT ? LAST_FIT : GROWTH * due;
    }
  }

  /**
   * Takes the next row.
   *
   * @param value not a number where it is missing
   * @param expected by a forecaster before the row was seen, in the units of the value; not a
   *     number without one
   */
  public void next(double value, double expected) {
    score = 0;
    settledScore = 0;
    settleRows = 0;
    if (scorer != null) {
      scorer.next(value, expected);
      score = scorer.score();
      settledScore = scorer.settledScore();
      settleRows = scorer.settleRows();
      leading = scorer.leading();
    }
    if (due > 0) {
      keep(value);
    }
  }

  /** Whether rows to come are still learned from. */
  public boolean isLearning() {
    return due > 0;
  }

  private void keep(double value) {
    if (count == 0 && scorer == null && !Double.isFinite(value)) {
      return;
    }
    kept = kept.length == 0 ? new double[LAST_FIT] : kept;
    kept[count++] = value;
    if (count == due) {
      fit(Arrays.copyOf(kept, count));
    }
  }

  /** See {@link PatternScorer#score}; 0 while too few rows are known to learn from. */
  public double score() {
    return score;
  }

  /** Score of the row {@link #settledRows} before the last one, by the rows around it. */
  public double settledScore() {
    return settledScore;
  }

  /**
   * Rows between the last one and the one of {@link #settledScore}; 0 while nothing was learned.
   */
  public int settledRows() {
    return settleRows;
  }

  /** The component with the largest share in the score of the last row. */
  public Component leading() {
    return leading;
  }

  /**
   * A component at the last row, weighted as in the score: for measurements. 0 while nothing was
   * learned.
   */
  public double weighted(Component component) {
    return scorer == null ? 0 : scorer.weight(component) * scorer.component(component);
  }

  /** What the series is taken for and how its score is made, in words. */
  public String described() {
    return scorer == null ? "too few rows to learn from" : scorer.described();
  }

  /** The state, for saving and restoring. */
  public void fields(StateFields fields) {
    due = fields.count(due, LAST_FIT);
    count = fields.count(count, Math.max(0, due - 1));
    if (due > 0 && kept.length == 0) {
      kept = new double[LAST_FIT];
    }
    for (int i = 0; i < count; i++) {
      kept[i] = fields.real(kept[i]);
    }
    scorer = fields.flag(scorer != null) ? PatternScorer.field(fields, spec, scorer) : null;
    score = fields.real(score);
    settledScore = fields.real(settledScore);
    settleRows = fields.count(settleRows, PatternScorer.MAX_SETTLE_ROWS);
    leading = fields.constant(Component.class, leading);
  }
}
