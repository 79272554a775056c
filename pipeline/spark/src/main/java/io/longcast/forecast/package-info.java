/**
 * Batched distributed inference and interval calibration.
 *
 * <p>In: segments and a model. Out: rows of the forecasts table, one for each series, channel,
 * origin and step. Always holds: every input series has forecasts or one row whose status says why
 * not; points are finite; quantiles ascend; every interval contains its point.
 */
package io.longcast.forecast;
