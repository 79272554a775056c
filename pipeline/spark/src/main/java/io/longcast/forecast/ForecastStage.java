package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.sparkinternals.EngineRows;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.table.ForecastStatus;
import io.longcast.table.ForecastsTable;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
   * @param counts counts what is forecast
   */
  public static Dataset<Row> forecast(
      SparkSession spark, JavaRDD<Segment> segments, ForecastPlan plan, ForecastCounts counts) {
    return forecast(spark, segments, plan, PointRevision.NONE, counts);
  }

  /**
   * The same with revised points.
   *
   * @param revision opened once a task
   */
  public static Dataset<Row> forecast(
      SparkSession spark,
      JavaRDD<Segment> segments,
      ForecastPlan plan,
      PointRevision.Factory revision,
      ForecastCounts counts) {
    Shared<Work> shared = Shared.of(spark.sparkContext(), new Work(plan, revision));
    JavaRDD<EngineRow> rows =
        segments.mapPartitions(
            part -> {
              ForecastPlan own = shared.value().plan();
              WindowForecaster forecaster = own.model().open();
              TaskContext.get()
                  .addTaskCompletionListener(
                      (TaskCompletionListener) context -> forecaster.close());
              PointRevision revised = shared.value().revision().open(forecaster);
              return new Walk(
                  part, ForecastStage::end, own, own.cutter().open(), forecaster, revised, counts);
            });
    return EngineRows.table(spark, rows, ForecastsTable.SCHEMA);
  }

  /** What is broadcast. */
  private record Work(ForecastPlan plan, PointRevision.Factory revision) implements Serializable {}

  /** The origin at the end of a segment, if it owns it. */
  private static int[] end(Segment segment) {
    return segment.length() >= segment.originTo() ? new int[0] : new int[] {segment.length()};
  }

  /**
   * Forecasts from some origins of each segment, in Spark's own format.
   *
   * @param origins of a segment, in its steps
   * @param cutter of the plan
   * @param forecaster of the plan's model, closed by the caller
   */
  static Iterator<EngineRow> rows(
      Iterator<Segment> segments,
      Function<Segment, int[]> origins,
      ForecastPlan plan,
      BatchCutter cutter,
      WindowForecaster forecaster,
      ForecastCounts counts) {
    PointRevision unchanged = PointRevision.NONE.open(forecaster);
    return new Walk(segments, origins, plan, cutter, forecaster, unchanged, counts);
  }

  /** From some origins of each segment, all its channels. */
  private static final class Walk extends SegmentRows {
    private final Function<Segment, int[]> origins;
    private final ForecastPlan plan;
    private final WindowForecaster forecaster;
    private final ForecastRows rows;
    private final ForecastBatch forecasts;

    Walk(
        Iterator<Segment> segments,
        Function<Segment, int[]> origins,
        ForecastPlan plan,
        BatchCutter cutter,
        WindowForecaster forecaster,
        PointRevision revision,
        ForecastCounts counts) {
      super(
          revision.read(segments),
          cutter,
          Math.max(plan.spec().batchSize(), plan.layout().channels().size()));
      this.origins = origins;
      this.plan = plan;
      this.forecaster = forecaster;
      rows = new ForecastRows(plan, forecaster.quantileLevels(), revision, counts);
      forecasts =
          new ForecastBatch(
              windows().capacity(), windows().horizon(), forecaster.quantileLevels().size());
    }

    @Override
    boolean advance() {
      if (!hasSegment()) {
        return false;
      }
      Segment segment = nextSegment();
      for (int origin : origins.apply(segment)) {
        for (int channel = 0; channel < plan.layout().channels().size(); channel++) {
          take(segment, channel, origin);
        }
      }
      return true;
    }

    private void take(Segment segment, int channel, int origin) {
      int observed = OriginForecasts.observed(segment, channel, origin, windows().contextLength());
      if (observed < plan.spec().minContext()) {
        add(rows.none(segment, channel, origin, ForecastStatus.TOO_SHORT, tooShort(observed)));
      } else {
        cut(segment, channel, origin);
      }
    }

    private String tooShort(int observed) {
      return observed
          + " observed values, at least "
          + plan.spec().minContext()
          + " needed (forecast.minContext)";
    }

    @Override
    List<EngineRow> answer(WindowBatch batch) {
      forecaster.forecast(batch, forecasts);
      plan.calibration().apply(batch, forecasts);
      List<EngineRow> found = new ArrayList<>(batch.size() * batch.horizon());
      for (int i = 0; i < batch.size(); i++) {
        rows.add(batch, forecasts, i, found);
      }
      return found;
    }
  }
}
