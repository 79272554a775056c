/**
 * Compares the recent past of each series with what training saw of it.
 *
 * <p>In: series on a grid. Out: rows of {@link io.longcast.table.DriftReferenceTable} from
 * training, of {@link io.longcast.table.DriftTable} from a comparison. Always holds: the same rows
 * give the same figures; a series is judged by how much its own past varied.
 */
package io.longcast.drift;
