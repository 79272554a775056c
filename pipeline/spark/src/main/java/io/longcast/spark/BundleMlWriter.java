package io.longcast.spark;

import io.longcast.sparkinternals.MlMetadata;
import io.longcast.write.FolderPublisher;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;

/** Saves a model as its bundle, with the metadata of spark.ml beside it. */
final class BundleMlWriter extends MLWriter {
  private final BundleModel<?> model;

  BundleMlWriter(BundleModel<?> model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    SparkSession spark = sparkSession();
    new FolderPublisher(spark.sparkContext().hadoopConfiguration())
        .publish(path, model.bundle().files());
    MlMetadata.save(model, path, spark);
  }
}
