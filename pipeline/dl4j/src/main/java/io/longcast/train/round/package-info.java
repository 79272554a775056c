/**
 * The round engine of both training entry points, the trainer and the DL4J TrainingMaster.
 *
 * <p>Comes in: an RDD whose partition {@code i} is shard {@code i}, a task, and a vector for all
 * shards. Goes out: the shards' results in shard order, or their mean weighted by windows. Always
 * holds: sums are made in double precision in an order fixed by shard numbers; bytes travel, so
 * that the serializer does not matter; nothing is cached or broadcast after the engine is closed.
 */
package io.longcast.train.round;
