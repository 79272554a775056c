/**
 * Models compared on the same windows.
 *
 * <p>In: blocks of segments and forecasters. Out: scores of each forecaster, by series and in all.
 * Always holds: all forecasters see the same windows; nothing after an origin reaches a forecaster
 * but known covariates; sums are taken in shard order, so that the figures do not depend on the
 * cluster.
 */
package io.longcast.backtest;
