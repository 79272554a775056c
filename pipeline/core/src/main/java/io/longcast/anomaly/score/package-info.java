/**
 * Streaming scores of metric series: small parts behind {@link io.longcast.anomaly.score.RowScore},
 * and their combination.
 *
 * <p>In: the rows of one series in their order. Out: a score a row, higher is more unusual. Always
 * holds: the score of a row uses it and the rows before it alone; the state is serializable and its
 * size does not grow with the rows.
 */
package io.longcast.anomaly.score;
