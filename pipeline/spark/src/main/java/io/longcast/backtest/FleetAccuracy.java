package io.longcast.backtest;

import io.longcast.evaluate.ForecastScores;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.WindowForecast;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Accuracy of the forecasts of a fleet: all together, by channel, by day of the origin and by
 * quarter of the horizon. Mergeable.
 */
public final class FleetAccuracy implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BUCKETS = 4;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final AccuracyStage.Plan plan;
  private final ForecastScores pooled;
  private final AccuracyErrors all = new AccuracyErrors();
  private final TreeMap<Integer, AccuracyErrors> byChannel = new TreeMap<>();
  private final TreeMap<Long, AccuracyErrors> byDay = new TreeMap<>();
  private final TreeMap<Integer, AccuracyErrors> byBucket = new TreeMap<>();

  /** Of no forecast. */
  public FleetAccuracy(AccuracyStage.Plan plan) {
    this.plan = plan;
    pooled = new ForecastScores(plan.levels(), plan.horizon());
  }

  /** Adds the forecasts of a series. */
  public FleetAccuracy add(AccuracyStage.SeriesAccuracy series) {
    for (AccuracyStage.Window window : series.windows()) {
      WindowForecast forecast = window.forecast();
      String channel = plan.channels().get(window.channel());
      pooled.add(new SeriesChannel(series.seriesId(), channel).id(), forecast);
      all.add(forecast);
      group(byChannel, window.channel()).add(forecast);
      group(byDay, Math.floorDiv(window.origin(), MICROS_PER_DAY)).add(forecast);
      for (int t = 0; t < forecast.horizon(); t++) {
        group(byBucket, bucket(t)).add(forecast.step(t));
      }
    }
    return this;
  }

  private int bucket(int t) {
    return (int) ((long) t * BUCKETS / plan.horizon());
  }

  private static <K> AccuracyErrors group(Map<K, AccuracyErrors> groups, K key) {
    return groups.computeIfAbsent(key, each -> new AccuracyErrors());
  }

  /** Adds the forecasts of other series. */
  public FleetAccuracy merge(FleetAccuracy other) {
    pooled.merge(other.pooled);
    all.merge(other.all);
    other.byChannel.forEach((key, errors) -> group(byChannel, key).merge(errors));
    other.byDay.forEach((key, errors) -> group(byDay, key).merge(errors));
    other.byBucket.forEach((key, errors) -> group(byBucket, key).merge(errors));
    return this;
  }

  /** Metrics over all forecasts, those of a backtest and {@code bias}. */
  public List<Metric> metrics() {
    List<Metric> metrics = new java.util.ArrayList<>(pooled.metrics());
    metrics.add(Metric.named("bias", all.metrics()));
    return metrics;
  }

  /** Observed values behind them. */
  public long values() {
    return pooled.points().mae().count();
  }

  /** Metrics by channel. */
  public Map<String, List<Metric>> byChannel() {
    Map<String, List<Metric>> metrics = new TreeMap<>();
    byChannel.forEach((key, errors) -> metrics.put(plan.channels().get(key), errors.metrics()));
    return metrics;
  }

  /** Metrics by day of the origin, counted from 1970. */
  public Map<Long, List<Metric>> byDay() {
    Map<Long, List<Metric>> metrics = new TreeMap<>();
    byDay.forEach((key, errors) -> metrics.put(key, errors.metrics()));
    return metrics;
  }

  /** Metrics by the first step of a quarter of the horizon. */
  public Map<Integer, List<Metric>> byFirstStep() {
    Map<Integer, List<Metric>> metrics = new TreeMap<>();
    byBucket.forEach((key, errors) -> metrics.put(firstStep(key), errors.metrics()));
    return metrics;
  }

  private int firstStep(int bucket) {
    return (int) (((long) bucket * plan.horizon() + BUCKETS - 1) / BUCKETS) + 1;
  }

  /** Last step of the quarter that begins at a step. */
  public int lastStep(int firstStep) {
    int bucket = bucket(firstStep - 1);
    return bucket == BUCKETS - 1 ? plan.horizon() : firstStep(bucket + 1) - 1;
  }

  /** Metrics of one series and channel. */
  static Map<Integer, List<Metric>> ofSeries(AccuracyStage.SeriesAccuracy series) {
    TreeMap<Integer, AccuracyErrors> byChannel = new TreeMap<>();
    for (AccuracyStage.Window window : series.windows()) {
      group(byChannel, window.channel()).add(window.forecast());
    }
    Map<Integer, List<Metric>> metrics = new TreeMap<>();
    byChannel.forEach((key, errors) -> metrics.put(key, errors.metrics()));
    return metrics;
  }
}
