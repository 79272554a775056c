/**
 * Synthetic series on which the pretrained network learns.
 *
 * <p>In: a seed. Out: one series with its true seasons, standardized, missing values as NaN. Always
 * holds: the seed alone decides the series, on a JVM of the same kind to the bit; values are finite
 * or NaN and within 25 standard deviations.
 */
package io.longcast.model.zero.synthetic;
