/**
 * A window is an offset into a segment: its shape, the plan of shards, the order of training, the
 * splits, and the cutter that fills batches. Spark only in classes named {@code *Stage}.
 */
package io.longcast.window;
