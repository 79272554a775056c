/**
 * What Longcast uses of Spark's core beyond its public Java API: its own RDD and the Scala
 * collections that come with it. Another Spark or Scala version is supported by changing this
 * package; an architecture test keeps these types out of all other packages.
 */
package io.longcast.sparkinternals.rdd;
