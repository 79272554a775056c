/**
 * A recurrent network that forecasts series it was not trained on.
 *
 * <p>In: the last 640 values of any series, of any frequency and scale, with missing values. Out:
 * nine quantiles of the next 48 values, and in blocks of any horizon. Always holds: parameters are
 * one flat vector; the same parameters and windows give the same bits on the same numerics; nothing
 * at a step looks beyond it.
 *
 * <p>The network reads one patch of 16 values a step: the newest 48 values, what followed one and
 * several seasons ago, and 17 statistics; an LSTM carries the state; a decoder mixes seven
 * candidate forecasts by weights and adds nine quantile offsets.
 */
package io.longcast.model.zero;
