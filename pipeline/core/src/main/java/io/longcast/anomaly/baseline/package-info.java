/**
 * Simple detectors that every other one is printed beside: last value, moving mean, windowed
 * Gaussian, PCA. In: rows of a series. Out: a score a row. Always holds: streaming, as {@link
 * io.longcast.anomaly.score.RowScore} asks.
 */
package io.longcast.anomaly.baseline;
