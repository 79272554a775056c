package io.longcast.sparkinternals.rdd;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Java collections as those of Scala 2.13 and back; wrapped where nothing else is said. */
public final class ScalaCollections {
  private ScalaCollections() {}

  /** An iterator of Scala. */
  public static <T> scala.collection.Iterator<T> scalaIterator(Iterator<T> values) {
    return CollectionConverters.asScala(values);
  }

  /** An iterator of Java. */
  public static <T> Iterator<T> javaIterator(scala.collection.Iterator<T> values) {
    return CollectionConverters.asJava(values);
  }

  /** What Scala 2.13 calls Seq, copied. */
  public static <T> Seq<T> seq(List<T> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  /** A list of Java. */
  public static <T> List<T> list(scala.collection.Seq<T> values) {
    return CollectionConverters.asJava(values);
  }

  /** An immutable map of Scala, copied. */
  public static <K, V> scala.collection.immutable.Map<K, V> immutableMap(Map<K, V> values) {
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(values));
  }

  /** A map of Java. */
  public static <K, V> Map<K, V> map(scala.collection.Map<K, V> values) {
    return CollectionConverters.asJava(values);
  }
}
