package io.longcast.metrics;

import com.codahale.metrics.MetricRegistry;

/**
 * The metrics of this JVM. Spark makes one instance of a plugin for each JVM and gives tasks no way
 * to it, so that they are static, as Spark's own static sources are. In local mode driver and
 * executor are one JVM: their names differ.
 */
final class Registries {
  static final MetricRegistry DRIVER = new MetricRegistry();
  static final MetricRegistry EXECUTOR = new MetricRegistry();

  private Registries() {}
}
