package io.longcast.train.round;

import io.longcast.sparkinternals.rdd.NeighbourTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Spark stage for many rounds. Each of its tasks keeps its shards and a connection with the
 * driver, which sends the input of a round and takes the results, in the order of the shards. A
 * task that fails or whose executor is lost is started again by Spark, elsewhere if need be, and is
 * sent the input of the present round once more.
 *
 * <p>Not Spark's barrier mode: that would start all tasks again for a single one that fails, and
 * refuses stages whose tasks have several partitions.
 *
 * @param <B> what shards hold
 */
final class RoundStage<B> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoundStage.class);
  private static final int INTRODUCTION_MILLIS = 10_000;
  private static final int BACKLOG = 256;
  private static final int END = -1;
  private static final int LAST_TASK_SECONDS = 10;

  /** Applications of this driver with a stage: two of them would wait for each other's cores. */
  private static final Set<String> STAGED = ConcurrentHashMap.newKeySet();

  private final JavaSparkContext context;
  private final String tag = "longcast-rounds-" + UUID.randomUUID();
  private final int shards;
  private final byte[] token = new byte[RoundLink.TOKEN_BYTES];
  private final ServerSocket server;
  private final RoundLink[] links;
  private final ExecutorService threads;
  private final Future<?> job;
  private boolean closed;
  private Throwable failure;

  /**
   * Starts the stage.
   *
   * @param tasks of the stage, each on a core of its own
   * @param work that the tasks may be asked for, by number
   */
  RoundStage(
      JavaSparkContext context,
      JavaRDD<B> data,
      int tasks,
      List<ShardTask<B>> work,
      Broadcast<RunScope> scope)
      throws IOException {
    this.context = context;
    shards = data.getNumPartitions();
    links = new RoundLink[tasks];
    new SecureRandom().nextBytes(token);
    String host = context.getConf().get("spark.driver.host");
    server = new ServerSocket();
    String bind = context.getConf().get("spark.driver.bindAddress", host);
    server.bind(new InetSocketAddress(InetAddress.getByName(bind), 0), BACKLOG);
    threads =
        Executors.newCachedThreadPool(
            runnable -> {
              Thread thread = new Thread(runnable, "longcast-rounds");
              thread.setDaemon(true);
              return thread;
            });
    StageTask<B> task = new StageTask<>(host, server.getLocalPort(), token, work, scope);
    JavaRDD<byte[]> stage = NeighbourTasks.ofTasks(data, tasks, task).setName("training rounds");
    STAGED.add(context.sc().applicationId());
    threads.submit(this::accept);
    job = threads.submit(() -> runStage(stage));
  }

  /** Whether a stage of an application of this driver is at work. */
  static boolean isAtWork(JavaSparkContext context) {
    return STAGED.contains(context.sc().applicationId());
  }

  private void runStage(JavaRDD<byte[]> stage) {
    try {
      context.addJobTag(tag);
      NeighbourTasks.collect(stage);
    } catch (Throwable ended) {
      synchronized (this) {
        failure = ended;
        notifyAll();
      }
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.submit(() -> introduce(socket));
      } catch (IOException gone) {
        LOG.debug("the port of the rounds is closed", gone);
      }
    }
  }

  private void introduce(Socket socket) {
    try {
      RoundLink link = new RoundLink(socket);
      int task = link.introduced(token, links.length, INTRODUCTION_MILLIS);
      synchronized (this) {
        if (links[task] != null) {
          links[task].close();
        }
        links[task] = link;
        notifyAll();
      }
    } catch (IOException stranger) {
      LOG.warn("refused a connection: {}", stranger.getMessage());
      try {
        socket.close();
      } catch (IOException gone) {
        LOG.debug("was gone already", gone);
      }
    }
  }

  /** Whether every task has come to a core within a time. */
  synchronized boolean isGathered(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (Arrays.asList(links).contains(null) && failure == null) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      await(left);
    }
    return failure == null;
  }

  private synchronized void await(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a round ran", interrupted);
    }
  }

  /**
   * One round: the results of the shards in their order.
   *
   * <p>Throws what Spark throws where the stage has failed for good.
   *
   * @param work its number
   */
  List<byte[]> run(int work, byte[] input) {
    byte[][] results = new byte[shards][];
    List<Future<?>> tasks = new ArrayList<>();
    for (int task = 0; task < links.length; task++) {
      int at = task;
      tasks.add(threads.submit(() -> round(at, work, input, results)));
    }
    for (Future<?> task : tasks) {
      try {
        task.get();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a round ran", interrupted);
      } catch (ExecutionException failed) {
        throw RoundStage.<RuntimeException>asIs(failed.getCause());
      }
    }
    return Arrays.asList(results);
  }

  /** Spark throws its checked exceptions undeclared, and so does a round. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E asIs(Throwable failure) throws E {
    throw (E) failure;
  }

  private void round(int task, int work, byte[] input, byte[][] results) {
    RoundLink broken = null;
    while (true) {
      RoundLink link = link(task, broken);
      try {
        link.send(work, input);
        int to = NeighbourTasks.from(task + 1, links.length, shards);
        for (int shard = NeighbourTasks.from(task, links.length, shards); shard < to; shard++) {
          results[shard] = link.receive();
        }
        return;
      } catch (IOException lost) {
        LOG.debug("task {} of the rounds is lost", task, lost);
        broken = link;
      }
    }
  }

  /** The connection of a task; waits for another one where it is broken. */
  private synchronized RoundLink link(int task, RoundLink broken) {
    while (links[task] == null || links[task] == broken) {
      if (failure != null) {
        throw RoundStage.<RuntimeException>asIs(failure);
      }
      if (closed) {
        throw new IllegalStateException("the stage of the rounds was closed");
      }
      await(0);
    }
    return links[task];
  }

  /** Ends the tasks, and the stage with them. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
      for (RoundLink link : links) {
        end(link);
      }
    }
    awaitEnd();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      STAGED.remove(context.sc().applicationId());
      threads.shutdown();
    }
  }

  /** Waits for the tasks to give their cores back; where one is lost or never came, cancels all. */
  private void awaitEnd() {
    try {
      boolean whole = isGathered(Duration.ZERO);
      job.get(whole ? LAST_TASK_SECONDS : 0, TimeUnit.SECONDS);
    } catch (TimeoutException still) {
      if (!context.sc().isStopped()) {
        context.cancelJobsWithTag(tag);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible.getCause());
    }
  }

  private static void end(RoundLink link) {
    try {
      if (link != null) {
        link.send(END, new byte[0]);
      }
    } catch (IOException gone) {
      LOG.debug("a task was gone before its end", gone);
    }
  }
}
