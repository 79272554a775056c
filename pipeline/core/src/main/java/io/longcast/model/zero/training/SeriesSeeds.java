package io.longcast.model.zero.training;

/** Seeds of the series of a slice. */
@FunctionalInterface
interface SeriesSeeds {

  /** The seed of the {@code i}th series. */
  long of(int i);
}
