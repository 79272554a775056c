package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.SkillInterval;
import io.longcast.model.Forecaster;
import io.longcast.model.baseline.Baseline;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a forecasting protocol: the trainer's forecaster, then the baselines, on equal windows. */
public final class ForecastBenchmark {
  private static final double CONFIDENCE = 0.95;
  private static final int RESAMPLES = 1000;

  private final BenchmarkSpec spec;
  private final ForecastProtocol protocol;
  private final long seed;

  /**
   * Reads the data.
   *
   * @param spec a forecasting benchmark
   * @param data the collection's folder
   * @param seed of the bootstrap
   */
  public ForecastBenchmark(BenchmarkSpec spec, Path data, long seed) {
    this.spec = spec;
    this.seed = seed;
    protocol = protocol(spec, data);
  }

  private static ForecastProtocol protocol(BenchmarkSpec spec, Path data) {
    if (spec.wideCsv().isPresent()) {
      return new WideCsvProtocol(spec.wideCsv().get(), data);
    } else if (spec.splitCsv().isPresent()) {
      return new SplitCsvProtocol(spec.splitCsv().get(), data);
    } else if (spec.prices().isPresent()) {
      return new PricesProtocol(spec.prices().get(), data);
    }
    throw new IllegalArgumentException("not a forecasting benchmark: " + spec.name());
  }

  /** What the trainer will be asked for, in order. */
  public List<ForecastTask> tasks() {
    return protocol.tasks().stream().map(ForecastProtocol.Task::training).toList();
  }

  /**
   * Trains and judges every task, and every baseline on it. A baseline's row also holds the skill
   * of the model against it ({@code skill}, {@code skill_lower}, {@code skill_upper}).
   *
   * @param trainer of the model under test
   * @param settings how it was set, for the report
   */
  public BenchmarkReport run(ForecasterTrainer trainer, Map<String, String> settings) {
    long start = System.nanoTime();
    Map<String, Double> ours = new LinkedHashMap<>();
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    for (ForecastProtocol.Task task : protocol.tasks()) {
      ForecasterTrainer.Trained trained = trainer.train(task.training());
      List<Double> levels = trained.forecaster().quantileLevels();
      double[] errors = judge(trained, task, ours);
      for (Baseline baseline : protocol.baselines().forecasters()) {
        Map<String, Double> row =
            baselines.computeIfAbsent(baseline.word(), name -> new LinkedHashMap<>());
        double[] theirs = judge(trainer(baseline, levels).train(task.training()), task, row);
        addSkill(task, errors, theirs, row);
      }
    }
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("fixed_on", spec.fixedOn());
    return new BenchmarkReport(
        spec.name(), ours, baselines, Reports.published(spec), all, Reports.secondsSince(start));
  }

  /** The baselines alone, where there is no model to judge. */
  public BenchmarkReport runBaselines() {
    long start = System.nanoTime();
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    for (Baseline baseline : protocol.baselines().forecasters()) {
      rows.put(baseline.word(), baseline(baseline));
    }
    return new BenchmarkReport(
        spec.name(),
        Map.of(),
        rows,
        Reports.published(spec),
        Map.of("model", "none: baselines alone"),
        Reports.secondsSince(start));
  }

  private BaselineTrainer trainer(Baseline baseline, List<Double> levels) {
    return new BaselineTrainer(baseline, protocol.baselines().contextLength(), levels);
  }

  /** One baseline's figures on every task. */
  public Map<String, Double> baseline(Baseline baseline) {
    Map<String, Double> row = new LinkedHashMap<>();
    for (ForecastProtocol.Task task : protocol.tasks()) {
      judge(trainer(baseline, List.of()).train(task.training()), task, row);
    }
    return row;
  }

  private double[] judge(
      ForecasterTrainer.Trained trained, ForecastProtocol.Task task, Map<String, Double> into) {
    try (Forecaster forecaster = trained.forecaster()) {
      ForecasterTrainer.Trained open = new ForecasterTrainer.Trained(forecaster, trained.cutter());
      ForecastRun.Outcome outcome = new ForecastRun(open).over(task.places());
      for (Metric metric : protocol.metrics(task, outcome)) {
        into.put(metric.name() + task.suffix(), metric.value());
      }
      return outcome.errors();
    }
  }

  /** The model's skill against a baseline, resampled by series and stretch of one horizon. */
  private void addSkill(
      ForecastProtocol.Task task, double[] ours, double[] theirs, Map<String, Double> into) {
    Map<String, double[]> groups = new TreeMap<>();
    for (int i = 0; i < ours.length; i++) {
      ForecastRun.Place place = task.places().get(i);
      int stretch = place.origin() / task.training().horizon();
      String group = place.segment().seriesId() + '/' + place.channel() + '/' + stretch;
      double unit = place.scale().absolute() > 0 ? place.scale().absolute() : 1;
      double[] sums = groups.computeIfAbsent(group, id -> new double[2]);
      sums[0] += ours[i] / unit;
      sums[1] += theirs[i] / unit;
    }
    SkillInterval skill =
        SkillInterval.bootstrap(
            groups.values().stream().mapToDouble(sums -> sums[0]).toArray(),
            groups.values().stream().mapToDouble(sums -> sums[1]).toArray(),
            CONFIDENCE,
            RESAMPLES,
            seed);
    into.put("skill" + task.suffix(), skill.skill());
    into.put("skill_lower" + task.suffix(), skill.lower());
    into.put("skill_upper" + task.suffix(), skill.upper());
  }
}
