package io.longcast.flow;

import io.longcast.backtest.Verdict;
import io.longcast.clean.Reconciliation;
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

  /**
   * A model that was saved.
   *
   * @param model ready to serve
   * @param promoted whether it is the latest now
   */
  record Saved(ServedModel model, boolean promoted) {
    String id() {
      return model.id();
    }
  }

  /** The folder of a model of this run's name. */
  public String folder(String modelId) {
    return home() + "/" + modelId;
  }

  private String home() {
    return run.output().table("models") + "/" + run.name();
  }

  /** Saves a model; promotes it unless the gate is on and it does not beat the best baseline. */
  Saved save(
      Resolved plan,
      TrainingResult result,
      ServingState state,
      Verdict verdict,
      Reconciliation rows) {
    Map<String, byte[]> files =
        new TreeMap<>(NetworkFiles.write(plan.network(), result.parameters()));
    files.put(ServingState.FILE, state.toBytes());
    Manifest draft = draft(plan, result, verdict, rows);
    ModelBundle bundle = ModelBundle.of(draft, files);
    publisher.publish(folder(bundle.manifest().modelId()), bundle.files());
    boolean promote = !run.backtest().gate() || verdict.subjectWins();
    if (promote) {
      promote(bundle.manifest().modelId());
    }
    return new Saved(served(bundle), promote);
  }

  /** Saves a bundle. */
  void save(ModelBundle bundle) {
    publisher.publish(folder(bundle.manifest().modelId()), bundle.files());
  }

  /** Makes a model the latest of its name. */
  public void promote(String modelId) {
    publisher.point(home() + "/" + LATEST, modelId);
  }

  private Manifest draft(
      Resolved plan, TrainingResult result, Verdict verdict, Reconciliation rows) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("rows", rows.toString());
    notes.put(
        "weights",
        run.training().refit()
            ? "trained again on all rows; metrics are of the first training"
            : "of the training that the metrics are of");
    for (String choice : plan.choices()) {
      notes.put("chosen " + choice.substring(0, choice.indexOf(" = ")), choice);
    }
    for (int i = 0; i < result.remedies().size(); i++) {
      notes.put("remedy " + (i + 1), result.remedies().get(i));
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
        metrics(verdict),
        versions(),
        notes,
        Map.of());
  }

  private static Map<String, Map<String, Double>> metrics(Verdict verdict) {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>();
    verdict
        .metrics()
        .forEach(
            (model, metrics) -> {
              Map<String, Double> figures = new TreeMap<>();
              metrics.forEach(metric -> figures.put(metric.name(), metric.value()));
              all.put(model, figures);
            });
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
    return served(latestBundle());
  }

  /** A model of this run's name. */
  public ServedModel load(String modelId) {
    return served(bundle(modelId));
  }

  /** The files of the promoted model of this run's name. */
  public ModelBundle latestBundle() {
    String file = home() + "/" + LATEST;
    return bundle(
        promoted()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no model of the name "
                            + run.name()
                            + " is promoted: there is no "
                            + file
                            + "; train one, or promote one with: longcast models promote")));
  }

  /** The files of a model of this run's name, after their hashes were checked. */
  public ModelBundle bundle(String modelId) {
    String folder = folder(modelId);
    return ModelBundle.read(publisher.read(folder), folder);
  }

  private static ServedModel served(ModelBundle bundle) {
    NetworkFactory network = NetworkFiles.network(bundle);
    float[] parameters = NetworkFiles.parameters(bundle);
    return new ServedModel(
        bundle.manifest().modelId(),
        () -> network.forecaster(parameters),
        ServingState.fromBytes(bundle.file(ServingState.FILE)));
  }
}
