/**
 * Metrics and scorers only. In: actual values and forecasts, or scores and labels, as plain arrays.
 * Out: {@link io.longcast.evaluate.Metric}s.
 *
 * <p>Always holds: what is counted (a mergeable state) is separate from the metrics derived from
 * it; a metric without data is NaN with count 0, never 0; unobserved values never count.
 */
package io.longcast.evaluate;
