package io.longcast.model.zero.synthetic;

/** A kind of series. */
@FunctionalInterface
interface Family {

  /** A series of {@code n} values of any scale. */
  SyntheticSeries draw(Draws r, int n);
}
