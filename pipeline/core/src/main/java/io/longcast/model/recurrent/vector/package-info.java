/**
 * The kernels on {@code jdk.incubator.vector}. Loaded by name only, and only where the JVM was
 * started with that module: nothing outside refers to these classes at compile time.
 *
 * <p>In and out: as {@link io.longcast.model.recurrent.Backend} says. Always holds: results do not
 * depend on the vector width of the processor, since every sum runs in the order of its index and
 * every function works lane by lane.
 */
package io.longcast.model.recurrent.vector;
