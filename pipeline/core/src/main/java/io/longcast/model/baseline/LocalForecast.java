package io.longcast.model.baseline;

/**
 * A forecast of one series from its own past.
 *
 * @param point {@code [horizon]}
 * @param spread {@code [horizon]}, standard deviation of the forecast's error, at least 0
 */
record LocalForecast(double[] point, double[] spread) {}
