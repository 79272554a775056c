package io.longcast.sparkinternals;

import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The metadata that spark.ml keeps beside a saved model: class, uid and Params. */
public final class MlMetadata {
  private MlMetadata() {}

  /** Writes them into the folder of the model. */
  public static void save(Params model, String path, SparkSession spark) {
    DefaultParamsWriter.saveMetadata(
        model, path, spark.sparkContext(), Option.empty(), Option.empty());
  }

  /** Reads them from the folder of a model of any class. */
  public static DefaultParamsReader.Metadata load(String path, SparkSession spark) {
    return DefaultParamsReader$.MODULE$.loadMetadata(path, spark.sparkContext(), "");
  }
}
