/**
 * Deals packed series to the logical workers of a training: shards of blocks, by the data alone.
 */
package io.longcast.shard;
