/**
 * Observations to series on a grid: duplicates, order, resampling, gaps and the status of each
 * series. A table of observations comes in; one {@link io.longcast.series.Segment} a series,
 * rejects and statuses go out.
 *
 * <p>Always holds: rows read = rows used + rows rejected; a segment has no NaN; {@code observed} is
 * set for values that were in the data and for no others; the number and order of partitions
 * changes nothing. One shuffle, by series; memory is bounded by the longest series. Kernels are
 * plain Java; Spark is used in classes named {@code *Stage}.
 */
package io.longcast.clean;
