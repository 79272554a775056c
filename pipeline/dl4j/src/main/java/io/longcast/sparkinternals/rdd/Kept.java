package io.longcast.sparkinternals.rdd;

import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Iterator;
import scala.reflect.ClassTag;

/**
 * Elements that executors keep; where they leave memory they are as Java serializes them. Its
 * storage level is that of what is kept, and {@link #unpersist} frees it.
 *
 * @param <T> a serializable type
 */
public final class Kept<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  private Kept(RDD<JavaSerialized<T>> kept) {
    super(kept, ClassTag.apply(Object.class));
  }

  /** Keeps the elements from their first use on. */
  public static <T> JavaRDD<T> of(JavaRDD<T> elements, StorageLevel level) {
    RDD<JavaSerialized<T>> kept = TaskResults.wrapped(elements).persist(level).rdd();
    kept.setName(elements.name());
    return new Kept<>(kept).toJavaRDD();
  }

  private RDD<JavaSerialized<T>> kept() {
    return firstParent(ClassTag.apply(Object.class));
  }

  @Override
  public Partition[] getPartitions() {
    return kept().partitions();
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    java.util.Iterator<JavaSerialized<T>> all =
        ScalaCollections.javaIterator(kept().iterator(split, context));
    java.util.Iterator<T> values =
        new java.util.Iterator<>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public T next() {
            return all.next().value();
          }
        };
    return ScalaCollections.scalaIterator(values);
  }

  @Override
  public StorageLevel getStorageLevel() {
    return kept().getStorageLevel();
  }

  @Override
  public Kept<T> unpersist(boolean blocking) {
    kept().unpersist(blocking);
    return this;
  }
}
