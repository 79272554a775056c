package io.longcast.backtest;

import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.WindowForecast;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.WindowStratum;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowScan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Runs forecasters over the windows of one part of the data and scores them. One job, no shuffle.
 */
public final class CompareStage {
  private static final int BATCH = 256;

  private CompareStage() {}

  /**
   * What is compared, shipped to the executors.
   *
   * @param cutter cuts the windows
   * @param split which windows belong to which part
   * @param part the part compared on
   * @param trained the split that the first model was trained on: says which series it has not seen
   * @param models the model under test first, then the baselines
   * @param calibration correction of the first model's quantiles
   * @param season lag of the in-sample error that MASE divides by
   */
  public record Plan(
      CutterSpec cutter,
      SplitSpec split,
      Split part,
      SplitSpec trained,
      List<ForecasterFactory> models,
      IntervalCalibration calibration,
      int season)
      implements Serializable {
    public Plan {
      models = List.copyOf(models);
    }
  }

  /** Scores of every model; partial sums are merged in the order of the shards. */
  public static Comparison compare(JavaRDD<Block> blocks, Plan plan) {
    Shared<Plan> shared = Shared.of(blocks.context(), plan);
    try {
      List<ArrayList<ModelScores>> parts =
          TaskResults.collect(
              blocks.mapPartitions(part -> List.of(scores(part, shared.value())).iterator()));
      ArrayList<ModelScores> all = parts.get(0);
      for (List<ModelScores> part : parts.subList(1, parts.size())) {
        for (int m = 0; m < all.size(); m++) {
          all.get(m).merge(part.get(m));
        }
      }
      return new Comparison(all);
    } finally {
      shared.destroy();
    }
  }

  private static ArrayList<ModelScores> scores(Iterator<Block> blocks, Plan plan) {
    List<WindowForecaster> models = plan.models().stream().map(ForecasterFactory::open).toList();
    try {
      ArrayList<ModelScores> scores = new ArrayList<>();
      int horizon = plan.cutter().window().horizon();
      for (WindowForecaster model : models) {
        scores.add(new ModelScores(model.name(), model.quantileLevels(), horizon));
      }
      WindowScan scan = new WindowScan(blocks, plan.cutter().open(), plan.split(), plan.part());
      WindowBatch windows = plan.cutter().open().newBatch(BATCH);
      while (scan.next(windows)) {
        List<ErrorScale> scales = scales(windows, plan.season());
        for (int m = 0; m < models.size(); m++) {
          score(models.get(m), m == 0, windows, scales, plan, scores.get(m));
        }
      }
      return scores;
    } finally {
      models.forEach(WindowForecaster::close);
    }
  }

  private static List<ErrorScale> scales(WindowBatch windows, int season) {
    List<ErrorScale> scales = new ArrayList<>(windows.size());
    for (int i = 0; i < windows.size(); i++) {
      scales.add(scale(windows, i, season));
    }
    return scales;
  }

  /** Of what lies before the origin of a window. */
  static ErrorScale scale(WindowBatch windows, int i, int season) {
    Segment segment = windows.segment(i);
    int channel = windows.channel(i);
    return ErrorScale.of(
        segment.row(channel), segment.observed(channel), 0, windows.origin(i), season);
  }

  private static void score(
      WindowForecaster model,
      boolean subject,
      WindowBatch windows,
      List<ErrorScale> scales,
      Plan plan,
      ModelScores into) {
    int horizon = windows.horizon();
    int levels = model.quantileLevels().size();
    ForecastBatch forecasts = new ForecastBatch(windows.capacity(), horizon, levels);
    model.forecast(windows, forecasts);
    if (subject) {
      plan.calibration().apply(windows, forecasts);
    }
    WindowForecast.Forecasts flat =
        new WindowForecast.Forecasts(forecasts.point(), forecasts.quantiles(), horizon, levels);
    for (int i = 0; i < windows.size(); i++) {
      SeriesChannel series =
          new SeriesChannel(
              windows.segment(i).seriesId(),
              plan.cutter().layout().channels().get(windows.channel(i)));
      into.add(
          series,
          WindowStratum.of(windows, i, plan.trained()),
          WindowForecast.of(i, windows.target(), windows.targetObserved(), flat, scales.get(i))
              .measuredFrom(windows.offset(i)));
    }
  }
}
