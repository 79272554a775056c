/**
 * Forecasts of groups of series, reconciled with those of their series.
 *
 * <p>In: series with static columns and a model. Out: rows of the forecasts table for the series
 * and their groups. Always holds: a group's point is the exact sum of the points of its series,
 * rounded once; what comes out depends on data and settings alone, not on partitions.
 */
package io.longcast.reconcile;
