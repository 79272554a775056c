package io.longcast.benchmark;

import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.ForecastScores;
import io.longcast.evaluate.WindowForecast;
import io.longcast.model.ForecastBatch;
import io.longcast.series.Segment;
import io.longcast.window.WindowBatch;
import java.util.List;

/** Runs a forecaster over the windows of a task and counts its errors. */
final class ForecastRun {
  private static final int BATCH = 256;

  private final ForecasterTrainer.Trained trained;
  private final WindowBatch batch;
  private final ForecastBatch forecasts;

  ForecastRun(ForecasterTrainer.Trained trained) {
    this.trained = trained;
    batch = trained.cutter().newBatch(BATCH);
    forecasts =
        new ForecastBatch(BATCH, batch.horizon(), trained.forecaster().quantileLevels().size());
  }

  /**
   * A window to forecast.
   *
   * @param segment holds context and target
   * @param channel which channel
   * @param origin first target step
   * @param scale by which scaled errors divide
   */
  record Place(Segment segment, int channel, int origin, ErrorScale scale) {}

  /**
   * What was forecast.
   *
   * @param scores all counts
   * @param first the first step's point of each place
   * @param errors the mean absolute error of each place
   */
  record Outcome(ForecastScores scores, double[] first, double[] errors) {}

  /** Forecasts all places in order; one series is one (segment, channel). */
  Outcome over(List<Place> places) {
    Outcome outcome =
        new Outcome(
            new ForecastScores(trained.forecaster().quantileLevels(), forecasts.horizon()),
            new double[places.size()],
            new double[places.size()]);
    for (int from = 0; from < places.size(); from += BATCH) {
      List<Place> part = places.subList(from, Math.min(from + BATCH, places.size()));
      batch.clear();
      for (Place place : part) {
        trained.cutter().cut(place.segment(), place.channel(), place.origin(), batch);
      }
      trained.forecaster().forecast(batch, forecasts);
      for (int i = 0; i < part.size(); i++) {
        WindowForecast window = window(i, part.get(i).scale());
        outcome.scores().add(id(part.get(i)), window);
        outcome.first()[from + i] = window.point()[0];
        outcome.errors()[from + i] = meanAbsoluteError(window);
      }
    }
    return outcome;
  }

  private static String id(Place place) {
    return place.segment().seriesId() + '/' + place.channel();
  }

  private WindowForecast window(int i, ErrorScale scale) {
    return WindowForecast.of(
        i,
        batch.target(),
        batch.targetObserved(),
        new WindowForecast.Forecasts(
            forecasts.point(), forecasts.quantiles(), forecasts.horizon(), forecasts.levels()),
        scale);
  }

  private static double meanAbsoluteError(WindowForecast window) {
    double sum = 0;
    for (int t = 0; t < window.horizon(); t++) {
      sum += Math.abs((double) window.actual()[t] - window.point()[t]);
    }
    return sum / window.horizon();
  }
}
