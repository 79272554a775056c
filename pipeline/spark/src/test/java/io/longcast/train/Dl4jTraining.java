package io.longcast.train;

import io.longcast.train.dl4j.OrderedAveragingSpec;
import io.longcast.train.dl4j.OrderedAveragingTrainingMaster;
import io.longcast.train.round.Floats;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A small network of DL4J's own layers, with dropout, under our training master. */
final class Dl4jTraining {
  private static final int MINIBATCHES = 10;

  private Dl4jTraining() {}

  /** The hash of the parameters after one pass, averaged every two minibatches. */
  static String parametersSha256(JavaSparkContext context, int shards) {
    List<Integer> seeds = IntStream.range(0, shards * MINIBATCHES).boxed().toList();
    JavaRDD<DataSet> data = context.parallelize(seeds, shards).map(Dl4jTraining::minibatch);
    OrderedAveragingTrainingMaster master =
        new OrderedAveragingTrainingMaster(new OrderedAveragingSpec(2, 0, true, 1));
    SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(context, network(), master);
    trained.fit(data);
    return Floats.sha256(Floats.toBytes(trained.getNetwork().params().toFloatVector()));
  }

  private static MultiLayerNetwork network() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Adam(0.01))
            .list()
            .layer(new LSTM.Builder().nIn(3).nOut(8).dropOut(0.8).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                    .nIn(8)
                    .nOut(1)
                    .activation(Activation.IDENTITY)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static DataSet minibatch(int seed) {
    Random random = new Random(seed);
    float[] inputs = new float[8 * 3 * 5];
    float[] labels = new float[8 * 5];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = inputs[i];
    }
    return new DataSet(
        Nd4j.create(inputs, new long[] {8, 3, 5}, 'c'),
        Nd4j.create(labels, new long[] {8, 1, 5}, 'c'));
  }
}
