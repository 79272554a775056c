package io.longcast.generate;

/** One series, step by step from 0, in constant memory. */
interface SeriesStream {

  /**
   * Writes the values of the next step: channels, past covariates, known covariates in the order of
   * the kind's layout; NaN where the value is missing.
   *
   * @param step 0, 1, 2, … in this order
   * @param values receives the values, {@code layout().rows()} of them
   */
  void next(long step, double[] values);

  /** Values of the static columns. */
  String[] statics();
}
