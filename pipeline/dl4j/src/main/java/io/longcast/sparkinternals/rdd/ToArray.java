package io.longcast.sparkinternals.rdd;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Takes the results of a Spark task together, in their order. */
final class ToArray extends AbstractFunction2<TaskContext, Iterator<byte[]>, byte[][]>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public byte[][] apply(TaskContext task, Iterator<byte[]> results) {
    List<byte[]> all = new ArrayList<>();
    while (results.hasNext()) {
      all.add(results.next());
    }
    return all.toArray(byte[][]::new);
  }
}
