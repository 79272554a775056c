package io.longcast.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

@Tag("longWithoutVector")
class OrderedAveragingTrainingMasterTest {
  private static final int INPUTS = 5;

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  private static MultiLayerConfiguration layers(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(type)
        .updater(new Adam(0.01))
        .list()
        .layer(new DenseLayer.Builder().nIn(INPUTS).nOut(7).activation(Activation.TANH).build())
        .layer(
            new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nIn(7)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build())
        .build();
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network = new MultiLayerNetwork(layers(DataType.FLOAT));
    network.init();
    return network;
  }

  private static ComputationGraph graph() {
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Adam(0.01))
            .graphBuilder()
            .addInputs("in")
            .addLayer(
                "dense",
                new DenseLayer.Builder().nIn(INPUTS).nOut(7).activation(Activation.TANH).build(),
                "in")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                    .nIn(7)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build(),
                "dense")
            .setOutputs("out")
            .build();
    ComputationGraph graph = new ComputationGraph(conf);
    graph.init();
    return graph;
  }

  private static DataSet examples(long seed, int count) {
    Random random = new Random(seed);
    float[][] inputs = new float[count][INPUTS];
    float[][] labels = new float[count][2];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < INPUTS; k++) {
        inputs[i][k] = (float) random.nextGaussian();
      }
      labels[i][0] = inputs[i][0] - inputs[i][1];
      labels[i][1] = inputs[i][2] * 0.5f;
    }
    return new DataSet(Nd4j.create(inputs), Nd4j.create(labels));
  }

  private static List<DataSet> minibatches(int count) {
    List<DataSet> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(examples(i, 8));
    }
    return all;
  }

  private static OrderedAveragingTrainingMaster master(int frequency) {
    return new OrderedAveragingTrainingMaster(new OrderedAveragingSpec(frequency, 8, true, 1));
  }

  private static float[] fit(List<DataSet> data, int partitions, int frequency) {
    JavaRDD<DataSet> rdd = spark().parallelize(data, partitions);
    SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark(), network(), master(frequency));
    trained.fit(rdd);
    return trained.getNetwork().params().toFloatVector();
  }

  @Test
  void onePartitionAveragedEveryStepEqualsAPlainFit() {
    List<DataSet> data = minibatches(6);
    MultiLayerNetwork plain = network();
    data.forEach(plain::fit);

    assertThat(fit(data, 1, 1)).isEqualTo(plain.params().toFloatVector());
  }

  @Test
  void partitionsOfUnequalExamplesAreWeighted() {
    DataSet large = examples(1, 8);
    DataSet small = examples(2, 2);
    MultiLayerNetwork first = network();
    first.fit(large);
    MultiLayerNetwork second = network();
    second.fit(small);
    float[] a = first.params().toFloatVector();
    float[] b = second.params().toFloatVector();

    float[] averaged = fit(List.of(large, small), 2, 1);

    for (int i = 0; i < a.length; i++) {
      assertThat(averaged[i]).isEqualTo((float) ((8.0 * a[i] + 2.0 * b[i]) / 10));
    }
  }

  @Test
  void threeRunsGiveOneModelAndLearn() {
    List<DataSet> data = minibatches(60);
    float[] first = fit(data, 3, 4);

    assertThat(fit(data, 3, 4)).isEqualTo(first);
    assertThat(fit(data, 3, 4)).isEqualTo(first);
    MultiLayerNetwork trained = network();
    double before = trained.score(examples(99, 50));
    trained.setParams(Nd4j.create(first).reshape(trained.params().shape()));
    assertThat(trained.score(examples(99, 50))).isLessThan(0.8 * before);
  }

  @Test
  @Tag("long")
  void aGraphOfTheSameLayersGivesTheSameParameters() {
    List<DataSet> data = minibatches(8);
    ComputationGraph graph = graph();
    graph.setParams(network().params().dup());
    SparkComputationGraph trained = new SparkComputationGraph(spark(), graph, master(2));

    trained.fit(spark().parallelize(data, 2));

    assertThat(trained.getNetwork().params().toFloatVector()).isEqualTo(fit(data, 2, 2));
    assertThat(trained.getNetwork().getIterationCount()).isEqualTo(4);
  }

  @Test
  void aGraphTakesMultiDataSetsAlike() {
    List<DataSet> data = minibatches(8);
    List<MultiDataSet> many = data.stream().<MultiDataSet>map(DataSet::toMultiDataSet).toList();
    ComputationGraph graph = graph();
    graph.setParams(network().params().dup());
    SparkComputationGraph trained = new SparkComputationGraph(spark(), graph, master(2));

    trained.fitMultiDataSet(spark().parallelize(many, 2));

    assertThat(trained.getNetwork().params().toFloatVector()).isEqualTo(fit(data, 2, 2));
  }

  /** DL4J's own averages without weights: with partitions of one size the same, but for order. */
  @Test
  void dl4jsOwnMasterStaysSelectable() {
    List<DataSet> data = minibatches(8);
    ParameterAveragingTrainingMaster own =
        new ParameterAveragingTrainingMaster.Builder(2, 8)
            .batchSizePerWorker(8)
            .averagingFrequency(4)
            .workerPrefetchNumBatches(0)
            .saveUpdater(true)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .repartionData(Repartition.Never)
            .build();
    SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark(), network(), own);

    trained.fit(spark().parallelize(data, 2));

    float[] theirs = trained.getNetwork().params().toFloatVector();
    float[] ours = fit(data, 2, 4);
    assertThat(theirs).hasSize(ours.length).isNotEqualTo(network().params().toFloatVector());
    for (int i = 0; i < ours.length; i++) {
      assertThat(theirs[i]).isCloseTo(ours[i], within(1e-5f));
    }
  }

  @Test
  void leavesNoCachedDataBehindAndCountsIterations() {
    int before = spark().getPersistentRDDs().size();
    SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark(), network(), master(2));

    trained.fit(spark().parallelize(minibatches(10), 2));

    assertThat(trained.getNetwork().getIterationCount()).isEqualTo(5);
    assertThat(trained.getScore()).isPositive();
    assertThat(spark().getPersistentRDDs()).hasSize(before);
  }

  @Test
  void refusesANetworkOfDoubles() {
    MultiLayerNetwork doubles = new MultiLayerNetwork(layers(DataType.DOUBLE));
    SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark(), doubles, master(1));

    assertThatThrownBy(() -> trained.fit(spark().parallelize(minibatches(2), 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be FLOAT, found DOUBLE");
  }

  @Test
  @Tag("long")
  void nativeMemoryOfATrainingIsFreedAtItsEnd() {
    JavaRDD<DataSet> data = spark().parallelize(minibatches(4), 2);
    List<Long> left = new ArrayList<>();
    for (int run = 0; run < 6; run++) {
      MultiLayerNetwork network = network();
      new SparkDl4jMultiLayer(spark(), network, master(1)).fit(data);
      network.close();
      System.gc();
      left.add(org.bytedeco.javacpp.Pointer.totalBytes());
    }

    // A network left open would stay with its parameters, gradient and updater state every time.
    assertThat(left.get(5) - left.get(1)).isLessThan(64 << 10);
  }

  @Test
  void refusesTruncationWhereDl4jWouldNotTrain() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(0.01))
            .list()
            .layer(new LSTM.Builder().nIn(2).nOut(3).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                    .nIn(3)
                    .nOut(1)
                    .activation(Activation.IDENTITY)
                    .build())
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTLength(4)
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init();
    DataSet shorter = new DataSet(Nd4j.rand(8, 2, 12), Nd4j.rand(8, 1, 1));
    DataSet labelled = new DataSet(Nd4j.rand(8, 2, 12), Nd4j.rand(8, 1, 12));
    INDArray before = network.params().dup();

    assertThatThrownBy(() -> train(network, shorter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a label at each step, found 1 minibatches")
        .hasMessageContaining("model.updater.backpropSteps");
    assertThat(network.params()).isEqualTo(before);
    train(network, labelled);
    assertThat(network.params()).isNotEqualTo(before);
  }

  private static void train(MultiLayerNetwork network, DataSet data) {
    new SparkDl4jMultiLayer(spark(), network, master(1)).fit(spark().parallelize(List.of(data), 1));
  }
}
