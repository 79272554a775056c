package io.longcast.flow;

import io.longcast.backtest.Evaluation;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.model.bundle.NetworkFiles;
import io.longcast.model.network.NetworkFactory;
import io.longcast.train.TrainingResult;
import io.longcast.write.FolderPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The models of an output folder: {@code models/<name>/<model id>}, and beside them the file {@code
 * LATEST} with the id of the promoted one.
 */
public final class ModelStore {
  private static final String LATEST = "LATEST";

  private final SparkSession spark;
  private final RunSpec run;
  private final FolderPublisher publisher;

  /** The store below the output folder of a run. */
  public ModelStore(SparkSession spark, RunSpec run) {
    this.spark = spark;
    this.run = run;
    publisher = new FolderPublisher(spark.sparkContext().hadoopConfiguration());
  }

  /** The folder of a model of this run's name. */
  public String folder(String modelId) {
    return home() + "/" + modelId;
  }

  private String home() {
    return run.output().table("models") + "/" + run.name();
  }

  /** Saves a model. It is not served before it is promoted. */
  public ServedModel save(
      ResolvedConfig plan,
      TrainingResult result,
      ServingState state,
      Evaluation verdict,
      RowCounts rows) {
    Map<String, byte[]> files =
        new TreeMap<>(NetworkFiles.write(plan.network(), result.parameters()));
    files.put(ServingState.FILE, state.toBytes());
    Manifest draft = draft(plan, result, state, verdict, rows);
    ModelBundle bundle = ModelBundle.of(draft, files);
    publisher.publish(folder(bundle.manifest().modelId()), bundle.files());
    return served(bundle, folder(bundle.manifest().modelId()));
  }

  /**
   * Promotes a saved model, unless the gate is on and it does not beat its baselines. The last step
   * of a training run: whoever reads {@code LATEST} finds the bundle and its rows in the tables.
   *
   * @param wins whether it beats them
   * @return whether it is the latest now
   */
  public boolean promoteThroughGate(String modelId, boolean wins) {
    boolean passes = wins || !run.backtest().gate();
    if (passes) {
      promote(modelId);
    }
    return passes;
  }

  /** Saves a bundle. */
  public void save(ModelBundle bundle) {
    publisher.publish(folder(bundle.manifest().modelId()), bundle.files());
  }

  /** Makes a model the latest of its name. */
  public void promote(String modelId) {
    publisher.point(home() + "/" + LATEST, modelId);
  }

  private Manifest draft(
      ResolvedConfig plan,
      TrainingResult result,
      ServingState state,
      Evaluation verdict,
      RowCounts rows) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("rows", rows.toString());
    notes.put(
        "weights",
        run.training().refit()
            ? "trained again on all rows; metrics are of the first training"
            : "of the training that the metrics are of");
    notes.put("gate", verdict.subjectWins() ? "passed" : "missed: a baseline is as good or better");
    for (String choice : plan.choices()) {
      notes.put("chosen " + choice.substring(0, choice.indexOf(" = ")), choice);
    }
    state.labelled().ifPresent(chosen -> notes.put("threshold by labels", chosen.described()));
    for (int i = 0; i < result.recoveries().size(); i++) {
      notes.put("recovery " + (i + 1), result.recoveries().get(i));
    }
    notes.put("frequency", plan.identity().get("frequency"));
    notes.put("layout", plan.layout().toString());
    return new Manifest(
        Manifest.VERSION,
        "",
        run.name(),
        result.parametersSha256(),
        run.training().seed(),
        result.dataFingerprint(),
        result.numerics(),
        plan.settings(),
        metrics(verdict, state),
        versions(),
        notes,
        Map.of());
  }

  private static Map<String, Map<String, Double>> metrics(Evaluation verdict, ServingState state) {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>();
    verdict
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

  private Map<String, String> versions() {
    return Map.of("spark", spark.version(), "java", Runtime.version().toString());
  }

  /** Ids of the models of this run's name, in the order of their letters. */
  public List<String> list() {
    Path path = new Path(home());
    try {
      FileSystem system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!system.exists(path)) {
        return List.of();
      }
      return Arrays.stream(system.listStatus(path))
          .filter(FileStatus::isDirectory)
          .map(folder -> folder.getPath().getName())
          .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + home(), e);
    }
  }

  /** Id of the promoted model of this run's name. */
  public Optional<String> promoted() {
    return publisher.pointer(home() + "/" + LATEST);
  }

  /** The manifest of a model as JSON, after its hashes were checked. */
  public String manifest(String modelId) {
    ModelBundle bundle = ModelBundle.read(publisher.read(folder(modelId)), folder(modelId));
    return new String(bundle.files().get(Manifest.FILE), StandardCharsets.UTF_8);
  }

  /** The promoted model of this run's name. */
  public ServedModel latest() {
    return load(latestId());
  }

  /** A model of this run's name. */
  public ServedModel load(String modelId) {
    return served(bundle(modelId), folder(modelId));
  }

  /** The files of the promoted model of this run's name. */
  public ModelBundle latestBundle() {
    return bundle(latestId());
  }

  private String latestId() {
    return promoted()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model of the name "
                        + run.name()
                        + " is promoted: there is no "
                        + home()
                        + "/"
                        + LATEST
                        + "; train one, or promote one with: longcast models promote"));
  }

  /** The files of a model of this run's name, after their hashes were checked. */
  public ModelBundle bundle(String modelId) {
    String folder = folder(modelId);
    return ModelBundle.read(publisher.read(folder), folder);
  }

  private static ServedModel served(ModelBundle bundle, String where) {
    NetworkFactory network = NetworkFiles.network(bundle);
    float[] parameters = NetworkFiles.parameters(bundle);
    ServingState state = ServingState.fromBytes(bundle.file(ServingState.FILE));
    state.requireServes(network.inputs(), where);
    return new ServedModel(
        bundle.manifest().modelId(), () -> network.forecaster(parameters), state);
  }
}
