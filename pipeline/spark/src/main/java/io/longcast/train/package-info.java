/**
 * Rounds of parameter averaging on Spark.
 *
 * <p>Comes in: the shards of the data (a partition a shard), a factory of replicas, the settings.
 * Goes out: parameters, updater state and the history of rounds. Always holds: the same data,
 * shards, seed and numerics give the same bits, whatever the executors do; a run that was killed
 * and resumed gives the bits of the undisturbed run; broadcasts and cached blocks are gone at the
 * end.
 */
package io.longcast.train;
