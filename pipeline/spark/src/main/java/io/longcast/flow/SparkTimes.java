package io.longcast.flow;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the wall time of a run goes in Spark: seconds in which some task runs its body, and all
 * others, in which Spark plans, schedules, sends and fetches, or the driver works alone. The latter
 * with the start of the session is the most that Spark can have cost.
 */
public final class SparkTimes extends SparkListener {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTimes.class);
  private static final long PATIENCE_MILLIS = 10_000;

  private final SparkContext context;
  private final long begin = System.currentTimeMillis();
  private final List<long[]> bodies = new ArrayList<>();
  private int jobs;
  private long aroundBodies;

  private SparkTimes(SparkContext context) {
    this.context = context;
  }

  /**
   * What was seen.
   *
   * @param jobs that were started
   * @param tasks that ended
   * @param session seconds from the start of this JVM to that of the session
   * @param wall seconds since the session stood
   * @param computing seconds of them in which at least one task ran its body
   * @param aroundBodies task seconds of unpacking tasks and packing results
   */
  public record Seen(
      int jobs, int tasks, double session, double wall, double computing, double aroundBodies) {
    /** Seconds in which no task computed, the session's start included. */
    public double overhead() {
      return session + wall - computing;
    }

    /** One line for the reader. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "Spark: %,d tasks in %,d jobs; some task was computing in %.1f of %.1f s; start of the"
              + " session %.1f s, planning, scheduling and the driver's own work %.1f s: overhead"
              + " at most %.1f s",
          tasks,
          jobs,
          computing,
          wall,
          session,
          wall - computing,
          overhead());
    }

    /** The figures by name. */
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("jobs", (double) jobs);
      figures.put("tasks", (double) tasks);
      figures.put("session_seconds", session);
      figures.put("wall_seconds", wall);
      figures.put("computing_seconds", computing);
      figures.put("around_bodies_task_seconds", aroundBodies);
      figures.put("overhead_seconds", overhead());
      return figures;
    }
  }

  /** Begins to watch a session. */
  public static SparkTimes watch(SparkSession spark) {
    SparkTimes times = new SparkTimes(spark.sparkContext());
    spark.sparkContext().addSparkListener(times);
    return times;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    jobs++;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.taskMetrics() == null) {
      return;
    }
    long unpacking = task.taskMetrics().executorDeserializeTime();
    long body = task.taskInfo().launchTime() + unpacking;
    bodies.add(new long[] {body, body + task.taskMetrics().executorRunTime()});
    aroundBodies += unpacking + task.taskMetrics().resultSerializationTime();
  }

  /** Stops listening and returns the counts. */
  public Seen stop() {
    try {
      context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (TimeoutException late) {
      LOG.warn("Spark has not delivered all its events yet: the times below are incomplete", late);
    }
    context.removeSparkListener(this);
    return seen(System.currentTimeMillis());
  }

  private synchronized Seen seen(long end) {
    long jvm = ManagementFactory.getRuntimeMXBean().getStartTime();
    return new Seen(
        jobs,
        bodies.size(),
        (begin - jvm) / 1e3,
        (end - begin) / 1e3,
        covered(bodies) / 1e3,
        aroundBodies / 1e3);
  }

  /** The length of the union of intervals {@code [begin, end)}. */
  public static long covered(List<long[]> intervals) {
    List<long[]> sorted = new ArrayList<>(intervals);
    sorted.sort(Comparator.comparingLong(interval -> interval[0]));
    long covered = 0;
    long reached = Long.MIN_VALUE;
    for (long[] interval : sorted) {
      long from = Math.max(interval[0], reached);
      covered += Math.max(0, interval[1] - from);
      reached = Math.max(reached, interval[1]);
    }
    return covered;
  }
}
