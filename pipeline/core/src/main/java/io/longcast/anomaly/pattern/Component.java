package io.longcast.anomaly.pattern;

import java.util.List;

/** The ways in which a row may be unlike the rows learned from. */
public enum Component {
  /** The residual of a forecast. */
  RESIDUAL(0),
  /** Distance to the nearest normal rows, over a sixteenth of a period. */
  SHORT_SHAPE(1 / 16.0),
  /** The same over a quarter of a period. */
  SHAPE(1 / 4.0),
  /** The same over a whole period. */
  LONG_SHAPE(1),
  /** Distance of convolution features to those of normal rows. */
  TEXTURE(1 / 4.0),
  /** Distance of the mean to that of the learning rows. */
  LEVEL(1 / 4.0),
  /** How much longer the value has not moved than it does as a rule. */
  STUCK(0);

  static final int COUNT = values().length;

  /** Those that compare with a bank of rows. */
  static final List<Component> SHAPES = List.of(SHORT_SHAPE, SHAPE, LONG_SHAPE);

  private final double periods;

  Component(double periods) {
    this.periods = periods;
  }

  /** Mean age of the rows that count, in periods. */
  double periods() {
    return periods;
  }
}
