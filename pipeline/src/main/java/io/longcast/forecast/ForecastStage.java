package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.Forecaster;
import io.longcast.series.Segment;
import io.longcast.table.ForecastsTable;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowBatch;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Forecasts every channel of every segment from its end, in batches across series. No shuffle; the
 * model reaches each JVM once, by broadcast.
 */
public final class ForecastStage {
  private ForecastStage() {}

  /**
   * One row for each series, channel and step, or one with a status for a series that cannot be
   * forecast.
   *
   * @param segments whole series or their last segments; segments that do not own the origin at
   *     their end are passed over
   * @param widened counts the ends of intervals that were moved to contain the point; a task that
   *     is run twice counts twice
   */
  public static Dataset<Row> forecast(
      SparkSession spark, JavaRDD<Segment> segments, ForecastPlan plan, LongAccumulator widened) {
    Broadcast<ForecastPlan> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(plan);
    JavaRDD<Row> rows =
        segments.mapPartitions(part -> new ForecastIterator(part, shared.value(), widened));
    return spark.createDataFrame(rows, ForecastsTable.SCHEMA);
  }

  /** Streams segments into rows, a batch of windows at a time. */
  private static final class ForecastIterator implements Iterator<Row> {
    private final Iterator<Segment> segments;
    private final ForecastPlan plan;
    private final LongAccumulator widened;
    private final Forecaster forecaster;
    private final BatchCutter cutter;
    private final ForecastRows rows;
    private final WindowBatch windows;
    private final ForecastBatch forecasts;
    private final ArrayDeque<Row> ready = new ArrayDeque<>();

    ForecastIterator(Iterator<Segment> segments, ForecastPlan plan, LongAccumulator widened) {
      this.segments = segments;
      this.plan = plan;
      this.widened = widened;
      forecaster = plan.model().open();
      rows = new ForecastRows(plan, forecaster.quantileLevels());
      int capacity = Math.max(plan.spec().batchSize(), plan.layout().channels().size());
      cutter = plan.cutter().open();
      windows = cutter.newBatch(capacity);
      forecasts =
          new ForecastBatch(capacity, windows.horizon(), forecaster.quantileLevels().size());
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> forecaster.close());
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && segments.hasNext()) {
        take(segments.next());
      }
      if (ready.isEmpty() && windows.size() > 0) {
        flush();
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all series are forecast");
      }
      return ready.poll();
    }

    private void take(Segment segment) {
      int origin = segment.length();
      if (origin >= segment.originTo()) {
        return;
      }
      for (int channel = 0; channel < plan.layout().channels().size(); channel++) {
        int observed = observed(segment, channel);
        if (observed < plan.spec().minContext()) {
          ready.add(
              rows.status(segment, plan.layout().channels().get(channel), tooShort(observed)));
        } else {
          cut(segment, channel, origin);
        }
      }
    }

    private void cut(Segment segment, int channel, int origin) {
      cutter.cut(segment, channel, origin, windows);
      if (windows.size() == windows.capacity()) {
        flush();
      }
    }

    private String tooShort(int observed) {
      return "too short: "
          + observed
          + " observed values, at least "
          + plan.spec().minContext()
          + " needed (forecast.minContext)";
    }

    private int observed(Segment segment, int channel) {
      int count = 0;
      int from = Math.max(0, segment.length() - windows.contextLength());
      for (int step = from; step < segment.length(); step++) {
        count += segment.isObserved(channel, step) ? 1 : 0;
      }
      return count;
    }

    private void flush() {
      forecaster.forecast(windows, forecasts);
      plan.calibration().apply(windows, forecasts);
      long before = rows.widened();
      for (int i = 0; i < windows.size(); i++) {
        ready.addAll(rows.rows(windows, forecasts, i));
      }
      widened.add(rows.widened() - before);
      windows.clear();
    }
  }
}
