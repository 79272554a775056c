package io.longcast.spark;

import io.longcast.model.bundle.ModelBundle;
import io.longcast.sparkinternals.MlMetadata;
import io.longcast.write.FolderPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/**
 * Loads a model that the API saved, or the bundle of one that the command line trained.
 *
 * @param <M> the model
 */
final class BundleMlReader<M extends BundleModel<M>> extends MLReader<M> {
  private final String prefix;
  private final BiFunction<String, ModelBundle, M> open;

  /**
   * @param prefix of the uid of a model that has none
   * @param open makes the model of its uid and bundle
   */
  BundleMlReader(String prefix, BiFunction<String, ModelBundle, M> open) {
    this.prefix = prefix;
    this.open = open;
  }

  @Override
  public M load(String path) {
    Configuration hadoop = sparkSession().sparkContext().hadoopConfiguration();
    ModelBundle bundle = ModelBundle.read(new FolderPublisher(hadoop).read(path), path);
    if (!hasMetadata(path, hadoop)) {
      return open.apply(Identifiable$.MODULE$.randomUID(prefix), bundle);
    }
    DefaultParamsReader.Metadata metadata = MlMetadata.load(path, sparkSession());
    M model = open.apply(metadata.uid(), bundle);
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }

  private static boolean hasMetadata(String path, Configuration hadoop) {
    Path metadata = new Path(path, "metadata");
    try {
      return metadata.getFileSystem(hadoop).exists(metadata);
    } catch (IOException unreachable) {
      throw new UncheckedIOException("cannot look into " + path, unreachable);
    }
  }
}
