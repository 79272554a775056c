/**
 * What Longcast uses of Spark SQL beyond its public API, one class for each purpose: rows in
 * Spark's own format, sessions, parameter maps. Another Spark version is supported by changing this
 * package and {@code io.longcast.sparkinternals.rdd}; an architecture test keeps these types out of
 * all other packages.
 */
package io.longcast.sparkinternals;
