/**
 * Scores of one channel of a series by residuals and shapes together: {@link
 * io.longcast.anomaly.pattern.PatternScorer} learns from a bounded, mergeable sample of rows and
 * then takes row after row.
 *
 * <p>In: values in their order, not a number where missing. Out: for each row a score now and, a
 * quarter of a period later, a settled one, each a sum of components. Always holds: the score now
 * uses no later row; state is constant and restores to the bit; the same rows give the same bits on
 * every JVM, with and without the Vector API.
 */
package io.longcast.anomaly.pattern;
