/**
 * The loops of {@link io.longcast.anomaly.pattern.PatternKernels} on {@code jdk.incubator.vector}.
 * Loaded by name only, and only where the JVM was started with that module. In and out, and what
 * always holds, as that interface says: the bits of the plain loops.
 */
package io.longcast.anomaly.pattern.vector;
