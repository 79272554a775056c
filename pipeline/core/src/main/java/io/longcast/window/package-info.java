/**
 * A window is an offset into a segment. Whole series come in; shards of blocks go out ({@link
 * io.longcast.shard.ShardStage}), and on the executors batches of windows ({@link
 * io.longcast.window.WindowSampler} for training, {@link io.longcast.window.WindowScan} for
 * everything else, both through {@link io.longcast.window.BatchCutter}).
 *
 * <p>Always holds: shards and the order of windows depend on the data and the settings alone, never
 * on partitions, executors or time; every window occurs in exactly one segment of one shard; no
 * window of one split reads targets of a later one; nothing after an origin but known covariates
 * and targets enters a window. Spark only in {@code ShardStage} and the {@code ShardedBlocks} it
 * hands out.
 */
package io.longcast.window;
