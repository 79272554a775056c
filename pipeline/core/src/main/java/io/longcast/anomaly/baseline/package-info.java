/**
 * Simple detectors that others are compared with: last value, moving mean, windowed Gaussian, PCA.
 * In: rows of a series. Out: a score a row. Always holds: streaming, as {@link
 * io.longcast.anomaly.score.RowScore} asks.
 */
package io.longcast.anomaly.baseline;
