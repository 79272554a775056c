package io.longcast.bench;

import io.longcast.table.EventsTable;
import io.longcast.table.StreamedTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.function.ForeachFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Micro-batches of a streaming query that runs as fast as it can, or in real time.
 *
 * @param rows of those that are measured
 * @param seconds of each, ascending
 * @param cpuSeconds of the process in them
 * @param alerts seconds from the arrival of a row to the alert that it raised, ascending
 * @param heapFirst bytes after collection when the measured ones began
 * @param heapLast bytes after collection at their end
 * @param statesFirst series in the state when the measured ones began
 * @param statesLast series in the state at their end
 * @param all micro-batches, with those that are not measured
 */
record StreamPass(
    long rows,
    double[] seconds,
    double cpuSeconds,
    double[] alerts,
    long heapFirst,
    long heapLast,
    long statesFirst,
    long statesLast,
    int all) {
  private static final ForeachFunction<Row> NOTHING = row -> {};

  double speed() {
    return rows / Arrays.stream(seconds).sum();
  }

  double quantile(double level) {
    return quantile(seconds, level);
  }

  static double quantile(double[] ascending, double level) {
    int at = (int) Math.min(ascending.length - 1, Math.floor(level * ascending.length));
    return ascending.length == 0 ? Double.NaN : ascending[at];
  }

  /** The first half of the micro-batches fills states and warms up; the others are measured. */
  static StreamPass of(StreamBenchSpec bench, Dataset<Row> rows, Trigger trigger) {
    return of(bench, rows, trigger, bench.batches(), bench.maxSeconds());
  }

  /** The same of so many micro-batches, or as many as a time allows. */
  static StreamPass of(
      StreamBenchSpec bench, Dataset<Row> rows, Trigger trigger, int wanted, int maxSeconds) {
    Map<Long, StreamingQueryProgress> batches = new TreeMap<>();
    Alerts alerts = new Alerts(Arrays.asList(rows.columns()).contains(StreamedTables.TABLE), bench);
    long half = System.nanoTime() + TimeUnit.SECONDS.toNanos(maxSeconds / 2);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(maxSeconds);
    int warm = 0;
    long cpu = 0;
    long heap = 0;
    try {
      Path checkpoint = Files.createTempDirectory("longcast-bench-stream");
      StreamingQuery query =
          rows.writeStream()
              .foreachBatch(alerts)
              .option("checkpointLocation", checkpoint.toString())
              .trigger(trigger)
              .start();
      while (batches.size() < warm + wanted || warm == 0) {
        if (query.awaitTermination(100) || System.nanoTime() > end && batches.size() > warm + 1) {
          break;
        }
        for (StreamingQueryProgress batch : query.recentProgress()) {
          batches.put(batch.batchId(), batch);
        }
        boolean isWarm = batches.size() >= wanted || System.nanoTime() > half;
        if (warm == 0 && batches.size() > 0 && isWarm) {
          warm = batches.size();
          heap = usedHeap();
          cpu = cpuNanos();
        }
      }
      cpu = cpuNanos() - cpu;
      query.stop();
      FileUtils.deleteDirectory(checkpoint.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (TimeoutException | StreamingQueryException failure) {
      throw new IllegalStateException("the stream of the benchmark failed", failure);
    }
    List<StreamingQueryProgress> measured = batches.values().stream().skip(warm).toList();
    return new StreamPass(
        measured.stream().mapToLong(StreamingQueryProgress::numInputRows).sum(),
        measured.stream().mapToDouble(batch -> batch.batchDuration() / 1e3).sorted().toArray(),
        cpu / 1e9,
        alerts.seconds(),
        heap,
        usedHeap(),
        measured.isEmpty() ? 0 : states(measured.get(0)),
        measured.isEmpty() ? 0 : states(measured.get(measured.size() - 1)),
        batches.size());
  }

  private static long states(StreamingQueryProgress batch) {
    return Arrays.stream(batch.stateOperators())
        .mapToLong(StateOperatorProgress::numRowsTotal)
        .sum();
  }

  /** Reads every row, and looks at the clock where an event began. */
  private static final class Alerts implements VoidFunction2<Dataset<Row>, Long> {
    private static final long serialVersionUID = 1L;

    private final boolean isDetector;
    private final int secondsPerBatch;
    private final transient Map<String, Double> seconds = new HashMap<>();
    private transient long begun;

    Alerts(boolean isDetector, StreamBenchSpec bench) {
      this.isDetector = isDetector;
      secondsPerBatch = bench.secondsPerBatch();
    }

    @Override
    public void call(Dataset<Row> batch, Long id) {
      if (begun == 0) {
        // Rows of the first micro-batch arrived during the trigger before it.
        begun = System.currentTimeMillis() - 1000L * secondsPerBatch;
      }
      if (!isDetector) {
        batch.foreach(NOTHING);
        return;
      }
      List<Row> events =
          StreamedTables.of(batch, EventsTable.TABLE)
              .select(EventsTable.EVENT_ID, EventsTable.START)
              .collectAsList();
      double now = System.currentTimeMillis() - begun;
      for (Row event : events) {
        double arrived = event.getTimestamp(1).getTime() - StreamBench.START.toEpochMilli();
        seconds.putIfAbsent(event.getString(0), (now - arrived) / 1e3);
      }
    }

    double[] seconds() {
      return seconds.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
