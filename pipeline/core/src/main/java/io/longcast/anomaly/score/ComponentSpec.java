package io.longcast.anomaly.score;

import io.longcast.anomaly.pattern.GrowingPattern;
import io.longcast.anomaly.pattern.PatternScorer;
import io.longcast.anomaly.pattern.PatternSpec;
import java.io.Serializable;

/**
 * One component of a combined score: a signal, the width of its delayed z-score, and the unit that
 * makes components comparable.
 *
 * @param kind the signal
 * @param width rows averaged before they are compared with the rows before; 0 takes the signal as
 *     it is, for signals such as gaps, where rarity over all series is more informative than the
 *     past of one series
 * @param unit the size of a z-score that is rare for this part, above 0; chosen as a high quantile
 *     of the part's scores over many series, without labels
 */
public record ComponentSpec(Kind kind, int width, double unit) implements Serializable {
  private static final int SUBSEQUENCE_BLOCKS = 8;
  private static final int SUBSEQUENCE_BLOCK_ROWS = 6;
  private static final int SUBSEQUENCES = 400;

  /** The signal that is scored. Values are first scaled robustly by the learning rows. */
  public enum Kind {
    /** The value: shifts of level, both ways. */
    LEVEL,
    /** The value less its hour-of-day profile, both ways. */
    PROFILE,
    /**
     * The size of the change from the last value: a rise of roughness, and last value as forecast.
     */
    CHANGE,
    /** The same in the compressed scale (asinh). */
    COMPRESSED_CHANGE,
    /** The size of the value. */
    EXTREME,
    /** The distance of the last 48 rows to the nearest subsequence remembered. */
    SHAPE,
    /** The same for the last 24 rows. */
    SHORT_SHAPE,
    /**
     * Residual and shapes together, each in units of the series itself: a sum that adapts to what
     * the series is, see {@link io.longcast.anomaly.pattern.PatternScorer}. Width 0.
     */
    PATTERN,
    /** How long the value has not moved, in rows, logarithm. */
    STUCK,
    /** How long the value has been missing, in rows, logarithm. */
    MISSING,
    /** The size of the forecaster's residual, in robust units. */
    RESIDUAL,
    /** The same over the scale that the forecaster predicted. */
    STANDARDISED_RESIDUAL,
    /** The same in the compressed scale (asinh). */
    COMPRESSED_RESIDUAL,
    /** Of a pattern: the distance to the nearest normal rows over a whole period. */
    LONG_SHAPE,
    /** Of a pattern: the distance of convolution features to those of normal rows. */
    TEXTURE
  }

  public ComponentSpec {
    if (width < 0) {
      throw new IllegalArgumentException("width must be >= 0, found " + width);
    }
    if (!standsAlone(kind)) {
      throw new IllegalArgumentException(
          "kind %s is a part of kind pattern and cannot stand alone".formatted(word(kind)));
    }
    if (kind == Kind.PATTERN && width != 0) {
      throw new IllegalArgumentException("width of a pattern must be 0, found " + width);
    }
    if (!(unit > 0)) {
      throw new IllegalArgumentException("unit must be > 0, found " + unit);
    }
  }

  /** Whether a low score is as unusual as a high one. */
  public boolean isTwoSided() {
    return kind == Kind.LEVEL || kind == Kind.PROFILE;
  }

  /**
   * Rows after which earlier values no longer influence the component.
   *
   * @param halfLives after which a value that fades counts for nothing
   * @param halfLife rows, of the delayed z-score
   * @param rowsPerDay rows of a day
   */
  long memory(double halfLives, double halfLife, double rowsPerDay) {
    double signal =
        switch (kind) {
          case PATTERN -> GrowingPattern.MEMORY + halfLives * PatternScorer.LEVEL_HALF_LIFE;
          case PROFILE -> halfLives * HourProfile.HALF_LIFE_DAYS * rowsPerDay;
          case SHAPE, SHORT_SHAPE -> (SUBSEQUENCES + 2 * SUBSEQUENCE_BLOCKS) * (double) beat();
          default -> 1;
        };
    return (long) Math.ceil(signal + (width == 0 ? 0 : halfLives * halfLife + 2 * width));
  }

  /** Rows of a series, but for missing ones at its start, that the component may learn from. */
  int learningRows() {
    return kind == Kind.PATTERN ? GrowingPattern.LAST_FIT : 0;
  }

  /** Period of the signal in rows: skipping a multiple of it leaves later values unchanged. */
  int beat() {
    return switch (kind) {
      case SHAPE -> 2 * SUBSEQUENCE_BLOCK_ROWS;
      case SHORT_SHAPE -> SUBSEQUENCE_BLOCK_ROWS;
      default -> 1;
    };
  }

  /** Whether it is a component by itself; others only speak within a pattern. */
  private static boolean standsAlone(Kind kind) {
    return kind != Kind.LONG_SHAPE && kind != Kind.TEXTURE;
  }

  /** Name of a kind in settings and tables, such as {@code short-shape}. */
  public static String word(Kind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * The signal of one channel.
   *
   * @param channels of the series
   */
  Signal signal(int channels) {
    return switch (kind) {
      case PATTERN -> new Pattern(PatternSpec.of(channels));
      case LONG_SHAPE, TEXTURE -> throw new IllegalStateException(kind + " stands in a pattern");
      case LEVEL -> new Signal.Value(false);
      case PROFILE -> new HourProfile();
      case CHANGE -> new Signal.Change(false);
      case COMPRESSED_CHANGE -> new Signal.Change(true);
      case EXTREME -> new Signal.Value(true);
      case SHAPE ->
          new NearestPast(SUBSEQUENCE_BLOCKS, SUBSEQUENCE_BLOCK_ROWS, beat(), SUBSEQUENCES);
      case SHORT_SHAPE ->
          new NearestPast(SUBSEQUENCE_BLOCKS, SUBSEQUENCE_BLOCK_ROWS / 2, beat(), SUBSEQUENCES);
      case STUCK -> new Signal.Stuck();
      case MISSING -> new Signal.Missing();
      case RESIDUAL -> new Signal.Residual(false);
      case COMPRESSED_RESIDUAL -> new Signal.CompressedResidual();
      case STANDARDISED_RESIDUAL -> new Signal.Residual(true);
    };
  }

  /** The same part with another unit. */
  public ComponentSpec withUnit(double other) {
    return new ComponentSpec(kind, width, other);
  }

  @Override
  public String toString() {
    return word(kind) + "/" + width;
  }
}
