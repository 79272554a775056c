package io.longcast.sparkinternals.rdd;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function0;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.math.Ordering;
import scala.reflect.ClassTag;

/** What tasks hand on, to the driver or to other tasks, as Java serializes it. */
public final class TaskResults {
  private TaskResults() {}

  /** All elements on the driver, in the order of the partitions. */
  public static <T> List<T> collect(JavaRDD<T> results) {
    return wrapped(results).collect().stream().map(JavaSerialized::value).toList();
  }

  /**
   * The elements merged in a tree of tasks.
   *
   * @param results at least one element
   * @param merge may change and return its first argument
   * @param depth of the tree
   */
  public static <T> T merge(JavaRDD<T> results, Function2<T, T, T> merge, int depth) {
    return wrapped(results)
        .treeReduce(
            (one, other) -> new JavaSerialized<>(merge.call(one.value(), other.value())), depth)
        .value();
  }

  /** The elements added up on the driver; {@code zero} where there are none. */
  public static <T> T fold(JavaRDD<T> results, T zero, Function2<T, T, T> plus) {
    return wrapped(results)
        .fold(
            new JavaSerialized<>(zero),
            (one, other) -> new JavaSerialized<>(plus.call(one.value(), other.value())))
        .value();
  }

  /** The values of a local list as an RDD. */
  public static <T> JavaRDD<T> parallelize(
      JavaSparkContext context, List<T> values, int partitions) {
    return context
        .parallelize(values.stream().map(JavaSerialized::new).toList(), partitions)
        .map(JavaSerialized::value);
  }

  static <T> JavaRDD<JavaSerialized<T>> wrapped(JavaRDD<T> results) {
    return results.map(JavaSerialized::new);
  }

  /** Pairs shuffled to the partitions of their keys. */
  public static <K, V> JavaPairRDD<K, V> partitioned(
      JavaPairRDD<K, V> pairs, Partitioner partitioner) {
    return pairs(shuffled(pairs, partitioner));
  }

  /** The same, each partition in the order of the keys. */
  public static <K extends Comparable<K>, V> JavaPairRDD<K, V> sorted(
      JavaPairRDD<K, V> pairs, Partitioner partitioner) {
    return pairs(
        shuffled(pairs, partitioner)
            .setKeyOrdering(Ordering.comparatorToOrdering(Comparator.<K>naturalOrder())));
  }

  /**
   * The values of each key combined, as far as possible before they are shuffled.
   *
   * @param zero makes an empty combination
   * @param add may change and return its first argument
   * @param merge may change and return its first argument
   */
  public static <K, V, C> JavaPairRDD<K, C> combined(
      JavaPairRDD<K, V> pairs,
      Function0<C> zero,
      Function2<C, V, C> add,
      Function2<C, C, C> merge) {
    return pairs.combineByKey(
        value -> add.call(zero.call(), value),
        add,
        merge,
        new HashPartitioner(pairs.getNumPartitions()),
        true,
        new JavaSerializer(pairs.context().getConf()));
  }

  private static <K, V> ShuffledRDD<K, V, V> shuffled(
      JavaPairRDD<K, V> pairs, Partitioner partitioner) {
    ClassTag<K> keys = ClassTag.apply(Object.class);
    ClassTag<V> values = ClassTag.apply(Object.class);
    return new ShuffledRDD<K, V, V>(pairs.rdd(), partitioner, keys, values, values)
        .setSerializer(new JavaSerializer(pairs.context().getConf()));
  }

  private static <K, V> JavaPairRDD<K, V> pairs(ShuffledRDD<K, V, V> shuffled) {
    ClassTag<K> keys = ClassTag.apply(Object.class);
    ClassTag<V> values = ClassTag.apply(Object.class);
    return new JavaPairRDD<>(shuffled, keys, values);
  }
}
