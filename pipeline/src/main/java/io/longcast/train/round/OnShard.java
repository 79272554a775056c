package io.longcast.train.round;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction2;

/**
 * Runs a task on one shard. A named class and no lambda: Spark takes the byte code of every closure
 * apart, in every round.
 *
 * @param <B> what shards hold
 */
final class OnShard<B> extends AbstractFunction2<Object, Iterator<B>, Iterator<byte[]>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ShardTask<B> task;
  private final Broadcast<byte[]> input;
  private final Broadcast<RunScope> scope;

  OnShard(ShardTask<B> task, Broadcast<byte[]> input, Broadcast<RunScope> scope) {
    this.task = task;
    this.input = input;
    this.scope = scope;
  }

  @Override
  public Iterator<byte[]> apply(Object shard, Iterator<B> partition) {
    long begin = System.nanoTime();
    byte[] bytes = input.value();
    long fetched = System.nanoTime() - begin;
    ShardTask.Call call = new ShardTask.Call((Integer) shard, scope.value(), bytes, fetched);
    byte[] result = task.run(call, JavaConverters.asJavaIterator(partition));
    return scala.collection.Iterator$.MODULE$.single(result);
  }
}
