/**
 * The seasons of one series, found by autocorrelation.
 *
 * <p>In: values and which of them were observed. Out: up to two periods. Always holds: the series
 * alone decides them.
 */
package io.longcast.model.zero.season;
