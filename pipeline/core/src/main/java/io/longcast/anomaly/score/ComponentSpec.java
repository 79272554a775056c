package io.longcast.anomaly.score;

import java.io.Serializable;

/**
 * One part of a combined score: a signal, the width of its delayed z-score, and the unit it divides
 * by so that parts compare.
 *
 * @param kind the signal
 * @param width rows averaged before they are judged by the rows before; 0 for the signal as it is,
 *     where what is rare for all series together says more than the own past of one, which may have
 *     seen no gap at all or a long one
 * @param unit the size of a z-score that is rare for this part, above 0; chosen as a high quantile
 *     of the part's scores over many series, without labels
 */
public record ComponentSpec(Kind kind, int width, double unit) implements Serializable {
  private static final int STRETCH_BLOCKS = 8;
  private static final int STRETCH_ROWS = 6;
  private static final int STRETCHES = 400;

  /** What is judged. Values are robustly scaled by the learning rows first. */
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
    /** The distance of the last day-like stretch (48 rows) to the nearest one remembered. */
    SHAPE,
    /** The same for a stretch of 24 rows. */
    SHORT_SHAPE,
    /** How long the value has not moved, in rows, logarithm. */
    STUCK,
    /** How long the value has been missing, in rows, logarithm. */
    MISSING,
    /** The size of the forecaster's residual, in robust units. */
    RESIDUAL,
    /** The same over the scale that the forecaster predicted. */
    STANDARDISED_RESIDUAL,
    /** The same in the compressed scale (asinh). */
    COMPRESSED_RESIDUAL
  }

  public ComponentSpec {
    if (width < 0) {
      throw new IllegalArgumentException("width must be >= 0, found " + width);
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
   * Rows after which the part has forgotten what came before.
   *
   * @param halfLives after which a value that fades counts for nothing
   * @param halfLife rows, of the delayed z-score
   * @param rowsPerDay rows of a day
   */
  long memory(double halfLives, double halfLife, double rowsPerDay) {
    double signal =
        switch (kind) {
          case PROFILE -> halfLives * HourProfile.HALF_LIFE_DAYS * rowsPerDay;
          case SHAPE, SHORT_SHAPE -> (STRETCHES + 2 * STRETCH_BLOCKS) * (double) beat();
          default -> 1;
        };
    return (long) Math.ceil(signal + (width == 0 ? 0 : halfLives * halfLife + 2 * width));
  }

  /** Rows that the signal counts in: it goes on alike where whole beats are left out. */
  int beat() {
    return switch (kind) {
      case SHAPE -> 2 * STRETCH_ROWS;
      case SHORT_SHAPE -> STRETCH_ROWS;
      default -> 1;
    };
  }

  Signal signal() {
    return switch (kind) {
      case LEVEL -> new Signal.Value(false);
      case PROFILE -> new HourProfile();
      case CHANGE -> new Signal.Change(false);
      case COMPRESSED_CHANGE -> new Signal.Change(true);
      case EXTREME -> new Signal.Value(true);
      case SHAPE -> new NearestPast(STRETCH_BLOCKS, STRETCH_ROWS, beat(), STRETCHES);
      case SHORT_SHAPE -> new NearestPast(STRETCH_BLOCKS, STRETCH_ROWS / 2, beat(), STRETCHES);
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
    return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "/" + width;
  }
}
