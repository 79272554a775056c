package io.longcast.sparkinternals.rdd;

import java.util.List;
import org.apache.spark.NarrowDependency;
import org.apache.spark.rdd.RDD;
import scala.collection.Seq;

/**
 * A narrow dependency whose parent partitions come as a Java list.
 *
 * @param <T> elements of the parent
 */
abstract class NarrowParents<T> extends NarrowDependency<T> {
  private static final long serialVersionUID = 1L;

  NarrowParents(RDD<T> parent) {
    super(parent);
  }

  /** Indices of the parent's partitions that a partition is made of, as Integer objects. */
  abstract List<Object> parents(int partition);

  @Override
  public final Seq<Object> getParents(int partition) {
    return ScalaCollections.seq(parents(partition));
  }
}
