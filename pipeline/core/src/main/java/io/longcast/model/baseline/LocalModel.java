package io.longcast.model.baseline;

/** A rule that forecasts one series from its own past. Stateless. */
@FunctionalInterface
interface LocalModel {

  /**
   * @param history oldest first, at least one value
   * @param horizon steps
   */
  LocalForecast forecast(double[] history, int horizon);
}
