package io.longcast.sparkinternals.rdd;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Java collections as those of Scala 2.12 and back; wrapped where nothing else is said. */
public final class ScalaCollections {
  private ScalaCollections() {}

  /** An iterator of Scala. */
  public static <T> scala.collection.Iterator<T> scalaIterator(Iterator<T> values) {
    return JavaConverters.asScalaIterator(values);
  }

  /** An iterator of Java. */
  public static <T> Iterator<T> javaIterator(scala.collection.Iterator<T> values) {
    return JavaConverters.asJavaIterator(values);
  }

  /** What Scala 2.12 calls Seq. */
  public static <T> Seq<T> seq(List<T> values) {
    return JavaConverters.asScalaBuffer(values).toSeq();
  }

  /** A list of Java. */
  public static <T> List<T> list(scala.collection.Seq<T> values) {
    return JavaConverters.seqAsJavaList(values);
  }

  /** An immutable map of Scala, copied. */
  public static <K, V> scala.collection.immutable.Map<K, V> immutableMap(Map<K, V> values) {
    scala.collection.immutable.Map<K, V> all = scala.collection.immutable.Map$.MODULE$.empty();
    for (Map.Entry<K, V> value : values.entrySet()) {
      all = all.updated(value.getKey(), value.getValue());
    }
    return all;
  }

  /** A map of Java. */
  public static <K, V> Map<K, V> map(scala.collection.Map<K, V> values) {
    return JavaConverters.mapAsJavaMap(values);
  }
}
