package io.longcast.sparkinternals.rdd;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag;

/**
 * The Spark tasks of one job, each on neighbouring partitions, which are divided as evenly as their
 * number allows. Which executor a task prefers is left to Spark: the one that has the task's first
 * partition cached, and so the others. An input that the driver sends along travels inside the
 * tasks themselves, which saves the executors the fetch of a broadcast and leaves nothing behind.
 *
 * @param <B> what partitions hold
 */
public final class NeighbourTasks<B> extends RDD<byte[]> {
  private static final long serialVersionUID = 1L;

  private final TaskWork<B> work;
  private final int count;
  private final transient byte[] along;

  /** A task's shards, and the driver's input where it is sent along. */
  private record Part(int index, Partition[] shards, byte[] along)
      implements Partition, Serializable {}

  /** Task by task the shards it works on. */
  private static final class Neighbours<B> extends NarrowParents<B> {
    private static final long serialVersionUID = 1L;
    private final int tasks;
    private final int shards;

    Neighbours(RDD<B> parent, int tasks) {
      super(parent);
      this.tasks = tasks;
      shards = parent.getNumPartitions();
    }

    @Override
    List<Object> parents(int task) {
      return IntStream.range(from(task, tasks, shards), from(task + 1, tasks, shards))
          .<Object>mapToObj(shard -> shard)
          .toList();
    }
  }

  private NeighbourTasks(RDD<B> parent, int tasks, TaskWork<B> work, byte[] along) {
    super(
        parent.sparkContext(),
        ScalaCollections.seq(List.<Dependency<?>>of(new Neighbours<>(parent, tasks))),
        ClassTag.apply(byte[].class));
    this.work = work;
    this.along = along;
    count = tasks;
  }

  /**
   * One result for each partition, in the order of the partitions.
   *
   * @param tasks at most as many as there are partitions
   * @param along the driver's input, null where it is broadcast
   */
  public static <B> JavaRDD<byte[]> over(
      JavaRDD<B> parent, int tasks, PartitionWork<B> work, byte[] along) {
    return new NeighbourTasks<>(parent.rdd(), tasks, eachPartition(work), along).toJavaRDD();
  }

  /** What each task makes of its partitions together. */
  public static <B> JavaRDD<byte[]> ofTasks(JavaRDD<B> parent, int tasks, TaskWork<B> work) {
    return new NeighbourTasks<>(parent.rdd(), tasks, work, null).toJavaRDD();
  }

  private static <B> TaskWork<B> eachPartition(PartitionWork<B> work) {
    return (partitions, along) ->
        IntStream.range(partitions.from(), partitions.to())
            .mapToObj(at -> work.run(at, partitions.values().apply(at), along))
            .iterator();
  }

  /**
   * Runs the tasks and brings the results to the driver in the order of the partitions; as {@code
   * collect} does, but without its closure, which Spark would analyse for every job.
   */
  public static List<byte[]> collect(JavaRDD<byte[]> results) {
    ClassTag<byte[][]> many = ClassTag.apply(byte[][].class);
    byte[][][] byTask = (byte[][][]) results.context().runJob(results.rdd(), new ToArray(), many);
    return Arrays.stream(byTask).flatMap(Arrays::stream).toList();
  }

  /** First partition of a task; of the task past the last one the number of partitions. */
  public static int from(int task, int tasks, int shards) {
    return (int) ((long) task * shards / tasks);
  }

  private RDD<B> shards() {
    return firstParent(ClassTag.apply(Object.class));
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] shards = shards().partitions();
    Partition[] parts = new Partition[count];
    for (int task = 0; task < count; task++) {
      int begin = from(task, count, shards.length);
      int end = from(task + 1, count, shards.length);
      parts[task] = new Part(task, Arrays.copyOfRange(shards, begin, end), along);
    }
    return parts;
  }

  @Override
  public Iterator<byte[]> compute(Partition split, TaskContext context) {
    Part part = (Part) split;
    int first = part.shards()[0].index();
    TaskWork.Partitions<B> partitions =
        new TaskWork.Partitions<>(
            part.index(),
            first,
            first + part.shards().length,
            at ->
                ScalaCollections.javaIterator(
                    shards().iterator(part.shards()[at - first], context)));
    return ScalaCollections.scalaIterator(work.run(partitions, part.along()));
  }
}
