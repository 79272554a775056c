package io.longcast.bench;

import io.longcast.model.dl4j.KernelRecurrent;
import io.longcast.model.recurrent.CellKind;
import io.longcast.train.dl4j.OrderedAveragingSpec;
import io.longcast.train.dl4j.OrderedAveragingTrainingMaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The same DL4J network on the same cached data sets under each training master, in turns: ours,
 * DL4J's as fast as it goes (no export, no repartitioning, data in memory as objects), DL4J's with
 * its defaults (but without export, which it refuses on a local file system), ours on one shard
 * (one executor), and ours averaged once at the end (what the processes give without averaging).
 * Once with DL4J's LSTM layer, once with ours, whose steps are short enough for the masters to
 * matter, and once with ours on a larger batch, whose rounds are long enough for them not to.
 */
final class TrainingMasterBenchmark {

  /** Who runs. */
  enum Contender {
    OURS(Master.OURS, false),
    DL4J(Master.DL4J, false),
    DL4J_DEFAULTS(Master.DL4J_DEFAULTS, false),
    ONE_EXECUTOR(Master.ONE_EXECUTOR, false),
    BARE_STEPS(Master.BARE_STEPS, false),
    OURS_KERNELS(Master.OURS, true),
    DL4J_KERNELS(Master.DL4J, true),
    DL4J_DEFAULTS_KERNELS(Master.DL4J_DEFAULTS, true),
    ONE_EXECUTOR_KERNELS(Master.ONE_EXECUTOR, true),
    BARE_STEPS_KERNELS(Master.BARE_STEPS, true),
    OURS_LARGE_BATCH(Master.OURS, true, LARGE),
    DL4J_LARGE_BATCH(Master.DL4J, true, LARGE),
    BARE_STEPS_LARGE_BATCH(Master.BARE_STEPS, true, LARGE);

    private final Master master;
    private final boolean kernels;
    private final int times;

    Contender(Master master, boolean kernels) {
      this(master, kernels, 1);
    }

    Contender(Master master, boolean kernels, int times) {
      this.master = master;
      this.kernels = kernels;
      this.times = times;
    }

    /** How many times the batch of the settings one of its minibatches is. */
    int times() {
      return times;
    }

    static List<Contender> withKernels() {
      return Arrays.stream(values()).filter(contender -> contender.kernels).toList();
    }

    boolean isAlone() {
      return master == Master.ONE_EXECUTOR;
    }
  }

  /** Who averages. */
  private enum Master {
    OURS,
    DL4J,
    DL4J_DEFAULTS,
    ONE_EXECUTOR,
    BARE_STEPS
  }

  /** The large batch, in batches of the settings. */
  private static final int LARGE = 5;

  /** Turns that do not count; DL4J's layers, whose turns are long, take part in one of them. */
  private static final int WARMING = 6;

  private final JavaSparkContext context;
  private final AveragingBenchSpec spec;

  TrainingMasterBenchmark(JavaSparkContext context, AveragingBenchSpec spec) {
    this.context = context;
    this.spec = spec;
  }

  /** Seconds of each run by contender, without the warming ones. */
  Map<Contender, List<Double>> run() {
    JavaRDD<DataSet> all = data(spec.executors(), 1);
    JavaRDD<DataSet> large = data(spec.executors(), LARGE);
    JavaRDD<DataSet> one = data(1, 1);
    Map<Contender, List<Double>> seconds = new EnumMap<>(Contender.class);
    for (int turn = -WARMING; turn < spec.repeats(); turn++) {
      for (Contender contender :
          turn < -1 ? Contender.withKernels() : List.of(Contender.values())) {
        JavaRDD<DataSet> many = contender.times == 1 ? all : large;
        double took = time(contender, contender.isAlone() ? one : many);
        if (turn >= 0) {
          seconds.computeIfAbsent(contender, any -> new ArrayList<>()).add(took);
        }
      }
    }
    all.unpersist();
    large.unpersist();
    one.unpersist();
    return seconds;
  }

  /** Parameters of the network. */
  long parameters() {
    return network(false).numParams();
  }

  private double time(Contender contender, JavaRDD<DataSet> data) {
    SparkDl4jMultiLayer trained =
        new SparkDl4jMultiLayer(context, network(contender.kernels), master(contender));
    long begin = System.nanoTime();
    // By default DL4J's master caches the data itself, which Spark allows for fresh RDDs only.
    trained.fit(contender.master == Master.DL4J_DEFAULTS ? data.map(set -> set) : data);
    return (System.nanoTime() - begin) / 1e9;
  }

  private TrainingMaster<?, ?> master(Contender contender) {
    int all = spec.minibatches();
    int batch = spec.batchSize() * contender.times;
    return switch (contender.master) {
      case OURS, ONE_EXECUTOR -> ours(spec.averagingFrequency());
      case BARE_STEPS -> ours(all);
      case DL4J ->
          new ParameterAveragingTrainingMaster.Builder(spec.executors(), batch)
              .batchSizePerWorker(batch)
              .averagingFrequency(spec.averagingFrequency())
              .workerPrefetchNumBatches(0)
              .saveUpdater(true)
              .rddTrainingApproach(RDDTrainingApproach.Direct)
              .repartionData(Repartition.Never)
              .storageLevel(StorageLevel.MEMORY_ONLY())
              .build();
      case DL4J_DEFAULTS ->
          new ParameterAveragingTrainingMaster.Builder(spec.executors(), batch)
              .batchSizePerWorker(batch)
              .averagingFrequency(spec.averagingFrequency())
              .rddTrainingApproach(RDDTrainingApproach.Direct)
              .build();
    };
  }

  private OrderedAveragingTrainingMaster ours(int frequency) {
    return new OrderedAveragingTrainingMaster(new OrderedAveragingSpec(frequency, 0, true, 1));
  }

  private MultiLayerNetwork network(boolean kernels) {
    int inputs = spec.inputs();
    int units = spec.hiddenSize();
    BaseRecurrentLayer lstm =
        kernels
            ? new KernelRecurrent.Builder(CellKind.LSTM).nIn(inputs).nOut(units).build()
            : new LSTM.Builder().nIn(inputs).nOut(units).build();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .list()
            .layer(lstm)
            .layer(
                new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                    .nIn(units)
                    .nOut(1)
                    .activation(Activation.IDENTITY)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private JavaRDD<DataSet> data(int shards, int times) {
    List<Integer> seeds = new ArrayList<>();
    for (int i = 0; i < shards * spec.minibatches(); i++) {
      seeds.add(i);
    }
    AveragingBenchSpec sizes = spec;
    int batch = times * sizes.batchSize();
    int inputs = sizes.inputs();
    int steps = sizes.timeSteps();
    JavaRDD<DataSet> data =
        context
            .parallelize(seeds, shards)
            .map(seed -> minibatch(seed, batch, inputs, steps))
            .persist(StorageLevel.MEMORY_ONLY());
    data.count();
    return data;
  }

  private static DataSet minibatch(int seed, int batch, int inputs, int steps) {
    Random random = new Random(seed);
    float[] features = new float[batch * inputs * steps];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    float[] labels = new float[batch * steps];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = features[i % features.length];
    }
    return new DataSet(
        Nd4j.create(features, new long[] {batch, inputs, steps}, 'c'),
        Nd4j.create(labels, new long[] {batch, 1, steps}, 'c'));
  }
}
