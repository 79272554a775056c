package io.longcast.read.text;

import java.util.Map;

/** Maps as Spark's own classes take them. */
final class ScalaMaps {
  private ScalaMaps() {}

  static scala.collection.immutable.Map<String, String> of(Map<String, String> map) {
    scala.collection.immutable.Map<String, String> all =
        scala.collection.immutable.Map$.MODULE$.empty();
    for (Map.Entry<String, String> entry : map.entrySet()) {
      all = all.updated(entry.getKey(), entry.getValue());
    }
    return all;
  }
}
