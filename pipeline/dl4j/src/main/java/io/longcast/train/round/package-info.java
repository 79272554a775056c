/**
 * The round engine on which both doors of the trainer stand.
 *
 * <p>Comes in: an RDD whose partition {@code i} is shard {@code i}, a task, and a vector for all
 * shards. Goes out: the shards' results in shard order, or their mean weighted by windows. Always
 * holds: sums are made in double precision in an order fixed by shard numbers; bytes travel, so
 * that no serializer matters; nothing stays cached or broadcast after the engine is closed.
 */
package io.longcast.train.round;
