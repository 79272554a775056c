package io.longcast.sparkinternals.rdd;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A value of the driver that all tasks read: a broadcast, as Java serializes it.
 *
 * @param <T> a serializable type
 */
public final class Shared<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<JavaSerialized<T>> broadcast;

  private Shared(Broadcast<JavaSerialized<T>> broadcast) {
    this.broadcast = broadcast;
  }

  public static <T> Shared<T> of(SparkContext context, T value) {
    return new Shared<>(
        JavaSparkContext.fromSparkContext(context).broadcast(new JavaSerialized<>(value)));
  }

  /** The same instance for all tasks of an executor. */
  public T value() {
    return broadcast.value().value();
  }

  /** Removes the copies on the driver and the executors; the value cannot be read afterwards. */
  public void destroy() {
    broadcast.destroy();
  }
}
