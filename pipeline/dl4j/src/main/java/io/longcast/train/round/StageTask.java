package io.longcast.train.round;

import io.longcast.sparkinternals.rdd.TaskWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A task of {@link RoundStage}, in an executor: does what the driver asks for with its shards, one
 * after the other, until the driver has no more.
 *
 * @param host of the driver
 * @param port where it listens
 * @param token that tells the run's tasks from strangers
 * @param work by number
 * @param scope what the executor keeps of the run
 * @param <B> what shards hold
 */
record StageTask<B>(
    String host, int port, byte[] token, List<ShardTask<B>> work, Broadcast<RunScope> scope)
    implements TaskWork<B> {

  @Override
  public Iterator<byte[]> run(Partitions<B> shards, byte[] along) {
    TaskContext context = TaskContext.get();
    try (RoundLink driver = new RoundLink(new Socket(host, port))) {
      context.addTaskCompletionListener(
          (org.apache.spark.util.TaskCompletionListener) ended -> close(driver));
      driver.introduce(token, shards.task());
      int number = driver.nextWork(context::isInterrupted);
      while (number >= 0) {
        long begin = System.nanoTime();
        byte[] input = driver.receive();
        long fetched = System.nanoTime() - begin;
        for (byte[] result : results(work.get(number), shards, input, fetched)) {
          driver.send(result);
        }
        number = driver.nextWork(context::isInterrupted);
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
    return Collections.emptyIterator();
  }

  private List<byte[]> results(
      ShardTask<B> task, Partitions<B> shards, byte[] input, long fetched) {
    List<byte[]> results = new ArrayList<>();
    for (int shard = shards.from(); shard < shards.to(); shard++) {
      int at = shard;
      Iterator<B> partition = new Late<>(() -> shards.values().apply(at));
      results.add(task.run(new ShardTask.Call(shard, scope.value(), input, fetched), partition));
    }
    return results;
  }

  private static void close(RoundLink driver) {
    try {
      driver.close();
    } catch (IOException alreadyGone) {
      throw new UncheckedIOException(alreadyGone);
    }
  }

  /** Opens a cached partition only where the executor has not kept what was made of it. */
  private static final class Late<B> implements Iterator<B> {
    private final Supplier<Iterator<B>> open;
    private Iterator<B> values;

    Late(Supplier<Iterator<B>> open) {
      this.open = open;
    }

    private Iterator<B> values() {
      values = values == null ? open.get() : values;
      return values;
    }

    @Override
    public boolean hasNext() {
      return values().hasNext();
    }

    @Override
    public B next() {
      return values().next();
    }
  }
}
