/**
 * Published protocols. In: a folder of public data, a {@link io.longcast.benchmark.BenchmarkSpec}
 * with all that is specific to the collection, and functions that train a forecaster or score rows.
 * Out: a {@link io.longcast.benchmark.BenchmarkReport} with the figures of Longcast, of the
 * baselines and the published ones.
 *
 * <p>Always holds: a trainer is handed training rows alone; rows are neither resampled nor
 * reordered; baselines run on the same windows and rows as the model.
 */
package io.longcast.benchmark;
