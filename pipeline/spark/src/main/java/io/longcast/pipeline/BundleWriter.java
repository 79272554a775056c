package io.longcast.pipeline;

import io.longcast.backtest.Evaluation;
import io.longcast.config.RunSpec;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.model.bundle.NetworkFiles;
import io.longcast.model.defaults.ResolvedDefault;
import io.longcast.train.TrainingResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Bundles of trained models, and models from bundles. */
public final class BundleWriter {
  private BundleWriter() {}

  /** The bundle of a training and the model in it. */
  static TrainedModel trained(
      SparkSession spark,
      ResolvedConfig plan,
      TrainingResult result,
      ServingState state,
      Evaluation evaluation,
      SeriesDataset data) {
    Map<String, byte[]> files =
        new TreeMap<>(NetworkFiles.write(plan.network(), result.parameters()));
    files.put(ServingState.FILE, state.toBytes());
    Manifest draft =
        new Manifest(
            Manifest.VERSION,
            "",
            plan.run().name(),
            result.parametersSha256(),
            plan.run().training().seed(),
            result.dataFingerprint(),
            result.numerics(),
            plan.settings(),
            metrics(evaluation, state),
            Map.of("spark", spark.version(), "java", Runtime.version().toString()),
            notes(plan, result, state, evaluation, data),
            Map.of());
    ModelBundle bundle = ModelBundle.of(draft, files);
    return new TrainedModel(
        bundle, served(bundle, bundle.manifest().modelId()), result, evaluation);
  }

  private static Map<String, String> notes(
      ResolvedConfig plan,
      TrainingResult result,
      ServingState state,
      Evaluation evaluation,
      SeriesDataset data) {
    RunSpec run = plan.run();
    Map<String, String> notes = new TreeMap<>();
    notes.put("rows", data.counts().toString());
    DataSpan.of(data).ifPresent(span -> span.note(notes));
    notes.put(
        "weights",
        run.training().refit()
            ? "retrained on all rows; the metrics are those of the first training"
            : "of the training that was evaluated");
    notes.put(
        "gate", evaluation.subjectWins() ? "passed" : "failed: a baseline is at least as good");
    state.servedBaseline().ifPresent(best -> notes.put("forecasts by", best.baseline().word()));
    state.combination().ifPresent(all -> notes.put("combination", all.combination().described()));
    for (ResolvedDefault choice : plan.choices()) {
      notes.put("chosen " + choice.key(), choice.value() + ": " + choice.reason());
    }
    state.labelled().ifPresent(chosen -> notes.put("threshold by labels", chosen.described()));
    for (int i = 0; i < result.recoveries().size(); i++) {
      notes.put("recovery " + (i + 1), result.recoveries().get(i).toString());
    }
    notes.put("frequency", state.frequency());
    notes.put("layout", plan.layout().toString());
    return notes;
  }

  private static Map<String, Map<String, Double>> metrics(
      Evaluation evaluation, ServingState state) {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>();
    evaluation
        .metrics()
        .forEach(
            (model, metrics) -> {
              Map<String, Double> figures = new TreeMap<>();
              metrics.forEach(metric -> figures.put(metric.name(), metric.value()));
              all.put(model, figures);
            });
    state.labelled().ifPresent(chosen -> all.put("threshold by labels", chosen.figures()));
    return all;
  }

  /**
   * The same network in its own bundle with another serving state.
   *
   * @param settings that differ from those of the bundle, by key
   */
  public static ModelBundle with(
      ModelBundle bundle, ServingState state, Map<String, String> settings) {
    Map<String, byte[]> files = new HashMap<>();
    bundle.manifest().files().keySet().forEach(name -> files.put(name, bundle.file(name)));
    files.put(ServingState.FILE, state.toBytes());
    Manifest from = bundle.manifest();
    Map<String, String> all = new TreeMap<>(from.settings());
    all.putAll(settings);
    return ModelBundle.of(
        new Manifest(
            Manifest.VERSION,
            "",
            from.name(),
            from.parametersSha256(),
            from.seed(),
            from.dataFingerprint(),
            from.numerics(),
            all,
            from.metrics(),
            from.versions(),
            from.notes(),
            Map.of()),
        files);
  }

  /** The model of a bundle. */
  public static ServedModel served(ModelBundle bundle) {
    return served(bundle, bundle.manifest().modelId());
  }

  /**
   * The model of a bundle.
   *
   * @param where the bundle, for messages
   * @throws IllegalArgumentException if the bundle holds no network that this version can serve
   */
  public static ServedModel served(ModelBundle bundle, String where) {
    if (PretrainedModels.isIn(bundle)) {
      return PretrainedModels.served(bundle);
    }
    NetworkDefinition network = NetworkFiles.network(bundle);
    float[] parameters = NetworkFiles.parameters(bundle);
    ServingState state = ServingState.fromBytes(bundle.file(ServingState.FILE));
    state.requireServes(network.inputs(), where);
    ForecasterFactory model =
        state.residuals().on(() -> network.forecaster(parameters), network.model());
    return new ServedModel(bundle.manifest().modelId(), model, state);
  }
}
