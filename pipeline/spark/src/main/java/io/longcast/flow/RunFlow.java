package io.longcast.flow;

import io.longcast.alert.Alert;
import io.longcast.alert.AlertDispatcher;
import io.longcast.config.RunSpec;
import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import io.longcast.metrics.RunCounter;
import io.longcast.metrics.RunMetrics;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.pipeline.StageClock;
import io.longcast.settings.SettingException;
import io.longcast.table.EventsTable;
import io.longcast.write.TableReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * One run of every day: forecasts and scores what is new, delivers alerts, compares past forecasts
 * with what came, looks for drift, and trains a challenger when one is due. Every step may be
 * repeated; a run that was killed is run again. One run at a time works on a name and output.
 */
public final class RunFlow {
  private final SparkSession spark;
  private final RunSpec run;
  private final StageClock clock;
  private final WriterLock lock;
  private final List<Step> steps = new ArrayList<>();

  private RunFlow(SparkSession spark, RunSpec run, StageClock clock, WriterLock lock) {
    this.spark = spark;
    this.run = run;
    this.clock = clock;
    this.lock = lock;
  }

  /**
   * What one step did.
   *
   * @param name of the step
   * @param lines in words
   * @param figures for machines
   * @param problems that someone must look at; empty: none
   */
  public record Step(
      String name, List<String> lines, Map<String, Object> figures, List<String> problems) {
    public Step {
      lines = List.copyOf(lines);
      problems = List.copyOf(problems);
    }

    private static Step of(String name, String line) {
      return new Step(name, List.of(line), Map.of(), List.of());
    }
  }

  /**
   * What was done.
   *
   * @param modelId of the model that is promoted now; empty: none
   * @param steps in their order
   * @param pendingAlerts that the next run tries again
   */
  public record Outcome(Optional<String> modelId, List<Step> steps, long pendingAlerts) {
    public Outcome {
      steps = List.copyOf(steps);
    }

    /** What someone must look at, in words. */
    public List<String> problems() {
      return steps.stream().flatMap(step -> step.problems().stream()).toList();
    }
  }

  /**
   * Runs all steps.
   *
   * @throws io.longcast.files.LockedException if another run of the name is at work on the output
   */
  public static Outcome run(SparkSession spark, RunSpec run, StageClock clock) {
    if (run.isClassifier()) {
      throw new SettingException(
          "model.output.loss",
          "longcast run serves forecasts and detection; a classifier is served by longcast forecast");
    }
    Path place = new Path(run.output().table("run-" + run.name()));
    FolderSystem files = FolderSystem.of(spark.sparkContext().hadoopConfiguration(), place);
    try (WriterLock lock = WriterLock.take(files, place, Duration.ZERO)) {
      return new RunFlow(spark, run, clock, lock).all();
    }
  }

  private Outcome all() {
    ModelStore store = new ModelStore(spark, run);
    if (store.promoted().isEmpty()) {
      steps.add(trained(ChallengerFlow.run(spark, run, Optional.empty(), clock), List.of()));
      return store.promoted().isEmpty() ? outcome(store, 0) : first(store);
    }
    ModelBundle bundle = store.latestBundle();
    ServedModel model = BundleWriter.served(bundle);
    RecentSource source = RecentSource.of(spark, run, model, Instant.now());
    try (SeriesDataset data = clock.time("read", source::read)) {
      steps.add(new Step("read", List.of(source.words()), source.figures(), List.of()));
      Optional<Instant> newest = Serving.newestEnd(data);
      steps.add(forecast(data, model));
      steps.add(detect(data, model));
      // Before evaluation and training, which may take hours or fail.
      long pending = alert(model, newest);
      boolean worse = evaluate(data, bundle);
      boolean drifted = drift(data, model);
      steps.add(retrain(store, model, newest, worse, drifted));
      clock.time("read", () -> source.finish(data));
      return outcome(store, pending);
    }
  }

  /** The challenger that became the first model has forecast and scored the rows already. */
  private Outcome first(ModelStore store) {
    ServedModel model = store.latest();
    Optional<Instant> newest = RetrainRule.trained(store);
    return outcome(store, alert(model, newest));
  }

  private Outcome outcome(ModelStore store, long pending) {
    return new Outcome(store.promoted(), steps, pending);
  }

  private Step forecast(SeriesDataset data, ServedModel model) {
    ForecastFlow.Outcome done = ForecastFlow.run(spark, run, data, model, clock);
    return new Step(
        "forecast",
        List.of(done.rows().toString(), "forecasts by status: " + done.statuses()),
        Map.of("statuses", done.statuses(), "model_id", model.id()),
        List.of());
  }

  private Step detect(SeriesDataset data, ServedModel model) {
    DetectFlow.Outcome done = DetectFlow.run(spark, run, data, model, clock);
    return new Step("detect", done.lines(), Map.of("counts", done.counts()), List.of());
  }

  private long alert(ServedModel model, Optional<Instant> newest) {
    if (!run.alerts().isConfigured()) {
      return 0;
    }
    lock.requireHeld();
    AlertDispatcher.Outcome done =
        clock.time(
            "alerts",
            () ->
                AlertDispatcher.dispatch(
                    spark,
                    run.alerts(),
                    StreamAlerts.record(run),
                    new AlertDispatcher.Events(
                        new TableReader(spark, run.output()).read(EventsTable.TABLE),
                        new Alert.Source(run.name(), model.id()),
                        newest)));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("delivered", done.delivered());
    figures.put("pending", done.pending());
    figures.put("failures", done.failures());
    RunCounter.ALERTS_DELIVERED.add(done.delivered());
    RunMetrics.show("alerts_pending", done.pending());
    steps.add(new Step("alerts", done.lines(), figures, List.of()));
    return done.pending();
  }

  private boolean evaluate(SeriesDataset data, ModelBundle bundle) {
    Optional<EvaluateFlow.Outcome> found = EvaluateFlow.ifAny(spark, run, data, bundle, clock);
    if (found.isEmpty()) {
      steps.add(Step.of("evaluate", "no forecast has an observed value yet"));
      return false;
    }
    EvaluateFlow.Outcome done = found.get();
    Map<String, Object> figures = new LinkedHashMap<>();
    done.accuracy().metrics().forEach(each -> figures.put(each.name(), each.value()));
    List<String> lines = new ArrayList<>();
    lines.add("%,d observed values".formatted(done.accuracy().values()));
    lines.addAll(done.problems().isEmpty() ? List.of("as promised") : done.drivers());
    steps.add(new Step("evaluate", lines, figures, done.problems()));
    return !done.problems().isEmpty();
  }

  private boolean drift(SeriesDataset data, ServedModel model) {
    if (data.frequency().isEmpty() || !DriftFlow.hasReference(spark, run, model)) {
      steps.add(Step.of("drift", "not compared: the model has no reference"));
      return false;
    }
    DriftFlow.Outcome done = DriftFlow.run(spark, run, data, model, clock);
    steps.add(
        new Step(
            "drift",
            done.report().lines(),
            Map.of("drift", done.report().isDrift()),
            done.report().problems()));
    return done.report().isDrift();
  }

  private Step retrain(
      ModelStore store,
      ServedModel model,
      Optional<Instant> newest,
      boolean worse,
      boolean drifted) {
    List<String> reasons =
        RetrainRule.reasons(run.retrain(), RetrainRule.trained(store), newest, worse, drifted);
    return reasons.isEmpty()
        ? Step.of("retrain", "not due")
        : trained(ChallengerFlow.run(spark, run, Optional.of(model), clock), reasons);
  }

  private static Step trained(ChallengerFlow.Outcome done, List<String> reasons) {
    List<String> lines = new ArrayList<>();
    if (!reasons.isEmpty()) {
      lines.add("due: " + String.join(", ", reasons));
    }
    lines.add(done.words());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("reasons", reasons);
    figures.put("model_id", done.modelId());
    figures.put("promoted", done.wins());
    boolean none = reasons.isEmpty() && !done.wins();
    return new Step("retrain", lines, figures, none ? List.of(done.words()) : List.of());
  }
}
