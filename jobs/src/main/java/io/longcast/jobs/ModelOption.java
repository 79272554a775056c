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
          "the model that serves: an id of the run's models, or a folder that holds a bundle, such"
              + " as the API saved (default: the promoted one)")
  private String model;

  ModelBundle bundle(SparkSession spark, RunSpec run) {
    ModelStore store = new ModelStore(spark, run);
    if (model == null) {
      return store.latestBundle();
    }
    return model.contains("/") ? store.bundleAt(model) : store.bundle(model);
  }
}
