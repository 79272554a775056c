package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.model.bundle.ModelBundle;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Which model serves. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "ID|DIR",
      description =
          "model to use: the id of a model of the run, or a folder with a bundle, such as the API"
              + " saves (default: the promoted model)")
  private String model;

  /** Whether a model is named. */
  boolean isGiven() {
    return model != null;
  }

  /** Whether the model lies outside the run's output folder. */
  boolean isFolder() {
    return model != null && model.contains("/");
  }

  ModelBundle bundle(SparkSession spark, RunSpec run) {
    ModelStore store = new ModelStore(spark, run);
    if (model == null) {
      return store.latestBundle();
    }
    return isFolder() ? store.bundleAt(model) : store.bundle(model);
  }
}
