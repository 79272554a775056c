package io.longcast.train.round;

import io.longcast.sparkinternals.rdd.NeighbourTasks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Runs rounds over cached partitions, a partition a shard, and hands the results back in shard
 * order. The trainer and the DL4J TrainingMaster both use it. A round is a Spark job, or, after
 * {@link #stay}, an exchange with the tasks of one stage that lasts.
 *
 * <p>Shuffles: none with up to {@link GroupSum#SIZE} shards; beyond that one small one a round, in
 * which executors add up fixed groups of shards. The round's input travels with the tasks while it
 * is small, else in a broadcast that is destroyed; what is cached here is unpersisted.
 *
 * @param <B> what partitions hold
 */
public final class RoundEngine<B> implements AutoCloseable {
  /** Bytes of an input that travels with the tasks; Spark warns of tasks beyond 1000 KiB. */
  private static final int MOST_ALONG = 900 << 10;

  /**
   * And of all its copies: a broadcast spreads from executor to executor, the driver sends these.
   */
  private static final long MOST_ALONG_IN_ALL = 16 << 20;

  /** For the tasks of a stage to come to their cores. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(RoundEngine.class);

  private final JavaSparkContext context;
  private final JavaRDD<B> shards;
  private final int count;
  private final boolean cachedHere;
  private final Broadcast<RunScope> scope;
  private List<ShardTask<B>> staying = List.of();
  private RoundStage<B> stage;

  public RoundEngine(JavaSparkContext context, JavaRDD<B> shards) {
    this.context = context;
    this.shards = shards;
    this.count = shards.getNumPartitions();
    cachedHere = shards.getStorageLevel().equals(StorageLevel.NONE());
    if (cachedHere) {
      shards.persist(StorageLevel.MEMORY_AND_DISK());
    }
    scope = context.broadcast(new RunScope());
  }

  public int shards() {
    return count;
  }

  /**
   * Spark tasks a round: one a core of the cluster, but no more than there are shards. One a shard
   * where the cores are not known: Spark's dynamic allocation grows by tasks that wait, and {@code
   * spark.default.parallelism} hides them.
   */
  public int tasks() {
    SparkConf conf = context.getConf();
    boolean known =
        !conf.getBoolean("spark.dynamicAllocation.enabled", false)
            && !conf.contains("spark.default.parallelism");
    return Math.max(1, known ? Math.min(count, context.defaultParallelism()) : count);
  }

  /** Executors of the cluster at this time, 1 where the driver is the only one. */
  public int executors() {
    int withDriver = context.sc().statusTracker().getExecutorInfos().length;
    return Math.max(1, withDriver - 1);
  }

  /**
   * From now on some tasks are run by one stage where that suits the cluster, see {@link RoundMode};
   * its tasks keep their cores until the engine is closed. Says what was chosen and why.
   *
   * @param work the tasks, which {@link #run} and {@link #sum} know by identity
   */
  public void stay(RoundMode mode, List<ShardTask<B>> work) {
    RoundRule rule = RoundRule.of(mode, context.getConf(), tasks(), count, RoundStage.isAtWork(context));
    LOG.info("rounds: {}, because {}", rule.words(), rule.reason());
    if (rule.mode() != RoundMode.STAGE) {
      return;
    }
    try {
      stage = new RoundStage<>(context, shards, tasks(), work, scope);
    } catch (IOException noPort) {
      throw new IllegalStateException(
          "no port for the rounds on the driver (training.rounds = job needs none)", noPort);
    }
    staying = work;
    if (!stage.isGathered(PATIENCE)) {
      LOG.warn(
          "rounds: a Spark job a round after all, because not all of {} tasks came to a core and"
              + " reached the driver within {} s",
          tasks(),
          PATIENCE.toSeconds());
      stage.close();
      staying = List.of();
    }
  }

  private int staying(ShardTask<B> task) {
    for (int i = 0; i < staying.size(); i++) {
      if (staying.get(i) == task) {
        return i;
      }
    }
    return -1;
  }

  /** Runs a task on every shard; results in shard order. */
  public List<byte[]> run(ShardTask<B> task, byte[] input) {
    int number = staying(task);
    if (number >= 0) {
      return stage.run(number, input);
    }
    try (Sent sent = send(input)) {
      return NeighbourTasks.collect(results(task, sent));
    }
  }

  /**
   * Runs a training task on every shard and adds the results up, group by group in shard order.
   *
   * @param apart whether the vectors of each shard must come back too
   */
  public Sums sum(ShardTask<B> task, byte[] input, boolean apart) {
    int number = staying(task);
    if (number >= 0) {
      return Sums.ofShards(stage.run(number, input), 0, apart);
    }
    boolean onDriver = apart || count <= GroupSum.SIZE;
    long begin = System.nanoTime();
    try (Sent sent = send(input)) {
      long took = System.nanoTime() - begin;
      JavaRDD<byte[]> results = results(task, sent);
      List<byte[]> bytes = onDriver ? NeighbourTasks.collect(results) : grouped(results);
      return onDriver ? Sums.ofShards(bytes, took, apart) : Sums.ofGroups(bytes, took);
    }
  }

  /** The driver's input on its way: with each task, or in a broadcast that ends with the job. */
  private record Sent(byte[] along, Broadcast<byte[]> broadcast) implements AutoCloseable {
    @Override
    public void close() {
      if (broadcast != null) {
        broadcast.destroy();
      }
    }
  }

  private Sent send(byte[] input) {
    boolean along =
        input.length <= MOST_ALONG && (long) input.length * tasks() <= MOST_ALONG_IN_ALL;
    return along ? new Sent(input, null) : new Sent(null, context.broadcast(input));
  }

  private JavaRDD<byte[]> results(ShardTask<B> task, Sent sent) {
    OnShard<B> work = new OnShard<>(task, scope, sent.broadcast());
    return NeighbourTasks.over(shards, tasks(), work, sent.along());
  }

  private List<byte[]> grouped(JavaRDD<byte[]> results) {
    int groups = (count + GroupSum.SIZE - 1) / GroupSum.SIZE;
    JavaPairRDD<Integer, byte[]> byGroup =
        results.mapToPair(
            bytes -> {
              int shard = java.nio.ByteBuffer.wrap(bytes).getInt();
              return new Tuple2<>(GroupSum.groupOf(shard), bytes);
            });
    return byGroup
        .partitionBy(new HashPartitioner(groups))
        .mapPartitions(
            pairs -> {
              List<ShardResult> members = new ArrayList<>();
              pairs.forEachRemaining(pair -> members.add(ShardResult.fromBytes(pair._2())));
              return List.of(GroupSum.of(members).toBytes()).iterator();
            })
        .collect();
  }

  /** Closes the executors' idle replicas, frees the cached partitions and the run's broadcast. */
  @Override
  public void close() {
    try {
      if (stage != null) {
        stage.close();
      }
      if (!context.sc().isStopped()) {
        run(new Closing<>(), new byte[0]);
      }
    } finally {
      if (cachedHere) {
        shards.unpersist(false);
      }
      scope.destroy();
    }
  }

  private static final class Closing<B> implements ShardTask<B> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] run(Call call, java.util.Iterator<B> partition) {
      call.scope().closeIdle();
      return new byte[0];
    }
  }
}
