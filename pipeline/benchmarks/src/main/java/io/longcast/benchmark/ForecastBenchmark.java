package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.SkillInterval;
import io.longcast.model.WindowForecaster;
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
    this(spec, data, seed, false);
  }

  /**
   * Reads the data.
   *
   * @param validation whether the validation rows are evaluated in place of the test rows, so that
   *     settings can be chosen: of wide files the last horizon of the training rows, of tables the
   *     validation rows; test rows are not looked at
   */
  public ForecastBenchmark(BenchmarkSpec spec, Path data, long seed, boolean validation) {
    this.spec = spec;
    this.seed = seed;
    protocol = protocol(spec, data, validation);
  }

  private static ForecastProtocol protocol(BenchmarkSpec spec, Path data, boolean validation) {
    if (spec.wideCsv().isPresent()) {
      return new WideCsvProtocol(spec.wideCsv().get(), data, validation);
    } else if (spec.splitCsv().isPresent()) {
      return new SplitCsvProtocol(spec.splitCsv().get(), data, validation);
    } else if (validation) {
      throw new IllegalArgumentException(
          "only a benchmark with wideCsv or splitCsv has a validation split, found " + spec.name());
    } else if (spec.prices().isPresent()) {
      return new PricesProtocol(spec.prices().get(), data);
    }
    throw new IllegalArgumentException("not a forecasting benchmark: " + spec.name());
  }

  /** What the trainer will train, in order. */
  public List<ForecastTask> tasks() {
    return protocol.tasks().stream().map(ForecastProtocol.Task::training).toList();
  }

  /**
   * How several runs stand to one another.
   *
   * <p>{@code SEEDS}: alike but for their seeds; our figures are their means. {@code VARIANTS}: the
   * first is the model, the others are changed in one thing each; our figures are the first's.
   */
  public enum Runs {
    SEEDS,
    VARIANTS
  }

  /** Runs that differ in their seeds. */
  public BenchmarkReport run(
      Map<String, ForecasterTrainer> trainers, Map<String, String> settings) {
    return run(trainers, Runs.SEEDS, settings);
  }

  /**
   * Trains and evaluates every task with every trainer, and every baseline on it. A baseline's row
   * also holds the skill of the model against it ({@code skill}, {@code skill_lower}, {@code
   * skill_upper}).
   *
   * @param trainers of the model under test, by the name of their run; at least one
   * @param kind how they stand to one another
   * @param settings how the model was set, for the report
   */
  public BenchmarkReport run(
      Map<String, ForecasterTrainer> trainers, Runs kind, Map<String, String> settings) {
    long start = System.nanoTime();
    Map<String, Map<String, Double>> runs = new LinkedHashMap<>();
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    for (ForecastProtocol.Task task : protocol.tasks()) {
      Judged ours = null;
      for (Map.Entry<String, ForecasterTrainer> trainer : trainers.entrySet()) {
        Map<String, Double> row =
            runs.computeIfAbsent(trainer.getKey(), n -> new LinkedHashMap<>());
        Judged one = judge(trainer.getValue().train(task.training()), task, row);
        ours = ours == null ? one : kind == Runs.SEEDS ? ours.plus(one) : ours;
      }
      addBaselines(task, ours, baselines);
    }
    protocol
        .rules()
        .forEach(
            (name, metrics) -> {
              Map<String, Double> row = baselines.computeIfAbsent(name, n -> new LinkedHashMap<>());
              metrics.forEach(metric -> row.put(metric.name(), metric.value()));
            });
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("fixed_on", spec.fixedOn());
    Map<String, Double> figures =
        kind == Runs.SEEDS
            ? Reports.means(runs.values())
            : runs.remove(trainers.keySet().iterator().next());
    return new BenchmarkReport(
        spec.name(),
        figures,
        runs,
        baselines,
        Reports.published(spec),
        all,
        Reports.secondsSince(start));
  }

  private void addBaselines(
      ForecastProtocol.Task task, Judged ours, Map<String, Map<String, Double>> rows) {
    for (Map.Entry<String, ForecasterTrainer> one : protocol.beside(ours.levels()).entrySet()) {
      Map<String, Double> row = rows.computeIfAbsent(one.getKey(), name -> new LinkedHashMap<>());
      Judged theirs = judge(one.getValue().train(task.training()), task, row);
      addSkill(task, ours.errors(), theirs.errors(), row);
    }
  }

  /**
   * Results of evaluating a forecaster in addition to its figures.
   *
   * @param sums the mean absolute error of each place, summed over runs
   * @param runs how many
   * @param levels of its quantiles
   */
  private record Judged(double[] sums, int runs, List<Double> levels) {
    Judged plus(Judged other) {
      double[] both = sums.clone();
      for (int i = 0; i < both.length; i++) {
        both[i] += other.sums[i];
      }
      return new Judged(both, runs + other.runs, levels);
    }

    double[] errors() {
      return java.util.Arrays.stream(sums).map(sum -> sum / runs).toArray();
    }
  }

  /** The baselines alone, where there is no model to evaluate. */
  public BenchmarkReport runBaselines() {
    long start = System.nanoTime();
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    protocol.beside(List.of()).forEach((name, trainer) -> rows.put(name, figures(trainer)));
    return new BenchmarkReport(
        spec.name(),
        Map.of(),
        Map.of(),
        rows,
        Reports.published(spec),
        Map.of("model", "none: baselines alone"),
        Reports.secondsSince(start));
  }

  /** One baseline's figures on every task. */
  public Map<String, Double> baseline(Baseline baseline) {
    return figures(new BaselineTrainer(baseline, protocol.baselines().contextLength(), List.of()));
  }

  private Map<String, Double> figures(ForecasterTrainer trainer) {
    Map<String, Double> row = new LinkedHashMap<>();
    for (ForecastProtocol.Task task : protocol.tasks()) {
      judge(trainer.train(task.training()), task, row);
    }
    return row;
  }

  private Judged judge(
      ForecasterTrainer.Trained trained, ForecastProtocol.Task task, Map<String, Double> into) {
    try (WindowForecaster forecaster = trained.forecaster()) {
      ForecastRun.Outcome outcome = new ForecastRun(trained).over(task.places());
      for (Metric metric : protocol.metrics(task, outcome)) {
        into.put(metric.name() + task.suffix(), metric.value());
        if (metric.name().matches("(coverage_\\d+|msis_\\d+|wql|crps)")) {
          into.put(metric.name() + "_count" + task.suffix(), (double) metric.count());
        }
      }
      if (trained.cpuSeconds() > 0) {
        into.put("train_cpu_seconds" + task.suffix(), trained.cpuSeconds());
      }
      return new Judged(outcome.errors(), 1, forecaster.quantileLevels());
    }
  }

  /** The model's skill against a baseline, resampled by series and block of one horizon. */
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
