package io.longcast.flow;

import io.longcast.backtest.BacktestSpec;
import io.longcast.config.RunSpec;
import io.longcast.metrics.RunCounter;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.ServedModel;
import io.longcast.write.FolderPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
  private static final Pattern MODEL_ID = Pattern.compile("[0-9a-f]{16}");

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
   * The folder of a model of this run's name.
   *
   * @throws IllegalArgumentException unless the id has the form of one
   */
  public String folder(String modelId) {
    if (!MODEL_ID.matcher(modelId).matches()) {
      throw new IllegalArgumentException(
          "a model id has 16 hexadecimal digits, found \"%s\" (longcast models list shows those of %s)"
              .formatted(modelId, home()));
    }
    return home() + "/" + modelId;
  }

  private String home() {
    return run.output().table("models") + "/" + run.name();
  }

  /**
   * Promotes a saved model, unless the gate is on and it does not beat its baselines. The last step
   * of a training run: readers of {@code LATEST} find the bundle and its rows in the tables.
   *
   * @param wins whether it beats them
   * @return whether it is the latest now
   */
  public boolean promoteThroughGate(String modelId, boolean wins) {
    boolean passes = wins || run.backtest().gate() == BacktestSpec.Gate.OFF;
    if (passes) {
      promote(modelId);
    }
    return passes;
  }

  /** Saves a bundle. It is not served before it is promoted. */
  public void save(ModelBundle bundle) {
    publisher.publish(folder(bundle.manifest().modelId()), bundle.files());
  }

  /** Makes a model the latest of its name. */
  public void promote(String modelId) {
    folder(modelId);
    publisher.point(home() + "/" + LATEST, modelId);
    RunCounter.MODELS_PROMOTED.add(1);
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
          .filter(name -> MODEL_ID.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + home(), e);
    }
  }

  /** The models of this run's name, the newest first. */
  public List<ModelSummary> summaries() {
    Optional<String> promoted = promoted();
    return list().stream()
        .map(
            id ->
                ModelSummary.of(
                    bundle(id).manifest(), saved(id), promoted.filter(id::equals).isPresent()))
        .sorted(
            Comparator.comparing(ModelSummary::saved)
                .reversed()
                .thenComparing(ModelSummary::modelId))
        .toList();
  }

  private Instant saved(String modelId) {
    Path path = new Path(folder(modelId));
    try {
      FileSystem system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return Instant.ofEpochMilli(system.getFileStatus(path).getModificationTime());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + path, e);
    }
  }

  /**
   * Deletes old models; never the promoted one. The rows that they made stay in the tables.
   *
   * @param kept how many of the newest others stay, at least 0
   * @return ids of those deleted
   */
  public List<String> prune(int kept) {
    List<String> old =
        summaries().stream()
            .filter(model -> !model.promoted())
            .skip(kept)
            .map(ModelSummary::modelId)
            .toList();
    old.forEach(id -> publisher.delete(folder(id)));
    return old;
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

  /** What a model says of itself; its other files are not read. */
  Manifest manifestOf(String modelId) {
    String folder = folder(modelId);
    return ModelBundle.manifest(publisher.read(folder, Manifest.FILE), folder);
  }

  /** The promoted model of this run's name. */
  public ServedModel latest() {
    return load(latestId());
  }

  /** A model of this run's name. */
  public ServedModel load(String modelId) {
    return BundleWriter.served(bundle(modelId), folder(modelId));
  }

  /** The files of the promoted model of this run's name. */
  public ModelBundle latestBundle() {
    return bundle(latestId());
  }

  /**
   * Id of the promoted model of this run's name.
   *
   * @throws IllegalArgumentException if none was promoted
   */
  public String latestId() {
    return promoted()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model of the name "
                        + run.name()
                        + " has been promoted: there is no "
                        + home()
                        + "/"
                        + LATEST
                        + "; train one, or promote one with: longcast models promote"));
  }

  /** The files of a bundle anywhere, after their hashes were checked. */
  public ModelBundle bundleAt(String folder) {
    return ModelBundle.read(publisher.read(folder), folder);
  }

  /** The files of a model of this run's name, after their hashes were checked. */
  public ModelBundle bundle(String modelId) {
    String folder = folder(modelId);
    return ModelBundle.read(publisher.read(folder), folder);
  }
}
