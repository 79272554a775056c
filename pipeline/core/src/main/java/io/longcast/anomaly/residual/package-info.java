/**
 * A small recurrent forecaster along one series, trained on its first rows and refreshed on its
 * last ones, that gives the residual parts of {@link io.longcast.anomaly.score.RowParts} their
 * forecast.
 *
 * <p>In: the rows of one series in their order. Out: for each row what was expected of it before it
 * was seen, with a scale. Always holds: streaming; state is constant and serializable; same rows
 * and seed, same bits on one back end.
 */
package io.longcast.anomaly.residual;
