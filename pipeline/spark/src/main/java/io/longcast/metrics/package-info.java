/**
 * Figures of a run in Spark's own metrics system.
 *
 * <p>In: counts and values, added where they arise, on the driver ({@link
 * io.longcast.metrics.RunCounter}, {@link io.longcast.metrics.RunMetrics}) and in tasks ({@link
 * io.longcast.metrics.TaskCounter}). Out: metrics of the plugin {@link
 * io.longcast.metrics.LongcastPlugin} in every sink that Spark is configured with. Always holds:
 * without the plugin nothing is published, and adding to a figure costs as much as adding to a
 * number; counters never fall while a JVM lives.
 */
package io.longcast.metrics;
