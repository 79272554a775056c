package io.longcast.examples;

import io.longcast.spark.Forecaster;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network of the caller's own, defined with Deeplearning4j. */
public final class OwnNetwork {
  private static final int HORIZON = 12;

  private OwnNetwork() {}

  /** Runs on a local session. */
  public static void main(String[] args) throws IOException {
    try (SparkSession spark = Meters.session()) {
      forecasts(Meters.rows(spark)).show();
    }
  }

  static Dataset<Row> forecasts(Dataset<Row> history) {
    MultiLayerConfiguration layers =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(0.005))
            .list()
            .layer(new LSTM.Builder().nOut(8).activation(Activation.TANH).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .nIn(8)
                    .nOut(HORIZON)
                    .build())
            .build();
    return new Forecaster()
        .setSeriesCols("meter_id")
        .setTimestampCol("ts")
        .setTargetCols("load")
        .setFrequency("1h")
        .setHorizon(HORIZON)
        .setContextLength(48)
        .set("training.steps", 20)
        .setNetwork(layers)
        .fit(history)
        .transform(history);
  }
}
