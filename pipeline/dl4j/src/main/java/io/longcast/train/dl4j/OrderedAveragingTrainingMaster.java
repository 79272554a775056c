package io.longcast.train.dl4j;

import io.longcast.train.round.RoundEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parameter averaging for {@code SparkDl4jMultiLayer} and {@code SparkComputationGraph} that gives
 * the same bits for the same contents and order of the partitions.
 *
 * <p>Each partition is a shard. A pass reads the data once, packs it into minibatches on the heap
 * and caches those; then one Spark job a round. Results are averaged in partition order, in double,
 * weighted by examples. A shard that has run out of minibatches no longer counts. Networks of
 * floats only. Executors whose numerics differ are refused before their round counts. DL4J's own
 * master stays usable in its place.
 */
public final class OrderedAveragingTrainingMaster
    implements TrainingMaster<ParameterAveragingTrainingResult, OrderedAveragingWorker> {
  private static final Logger LOG = LoggerFactory.getLogger(OrderedAveragingTrainingMaster.class);

  private final OrderedAveragingSpec spec;
  private final List<TrainingHook> hooks = new ArrayList<>();
  private List<TrainingListener> listeners = List.of();

  /** A master with these settings. */
  public OrderedAveragingTrainingMaster(OrderedAveragingSpec spec) {
    this.spec = spec;
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
    JavaRDD<PackedExamples> packed = Minibatches.of(data, spec.batchSize());
    network.setScore(train(network.getSparkContext(), network.getNetwork(), packed));
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    JavaRDD<PackedExamples> packed = Minibatches.of(data, spec.batchSize());
    graph.setScore(train(graph.getSparkContext(), graph.getNetwork(), packed));
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    JavaRDD<PackedExamples> packed = Minibatches.ofMany(data, spec.batchSize());
    graph.setScore(train(graph.getSparkContext(), graph.getNetwork(), packed));
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    JavaSparkContext context =
        network == null ? graph.getSparkContext() : network.getSparkContext();
    RemoteFileSourceFactory sources =
        new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(context));
    if (network != null) {
      executeTraining(network, paths.map(path -> loader.load(sources.getSource(path))));
    } else if (loader != null) {
      executeTraining(graph, paths.map(path -> loader.load(sources.getSource(path))));
    } else {
      executeTrainingMDS(graph, paths.map(path -> multiLoader.load(sources.getSource(path))));
    }
  }

  private double train(JavaSparkContext context, Model model, JavaRDD<PackedExamples> data) {
    if (model.params().dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "the network's parameters must be FLOAT, found " + model.params().dataType());
    }
    Broadcast<NetBroadcastTuple> tuple = context.broadcast(tuple(model));
    SlotNetwork driver = slot(model);
    try (RoundEngine<PackedExamples> engine = new RoundEngine<>(context, data)) {
      NetworkTasks tasks = new NetworkTasks(worker(tuple, model));
      return new AveragedPass(spec, engine, tasks, driver).toEnd();
    } finally {
      driver.restoreCollections();
      tuple.destroy();
    }
  }

  private static NetBroadcastTuple tuple(Model model) {
    if (model instanceof MultiLayerNetwork layers) {
      return new NetBroadcastTuple(
          layers.getLayerWiseConfigurations(),
          layers.params(),
          layers.getUpdater().getStateViewArray());
    }
    ComputationGraph graph = (ComputationGraph) model;
    return new NetBroadcastTuple(
        graph.getConfiguration(), graph.params(), graph.getUpdater().getUpdaterStateViewArray());
  }

  private static SlotNetwork slot(Model model) {
    return model instanceof MultiLayerNetwork layers
        ? new SlotNetwork.Layers(null, layers)
        : new SlotNetwork.Graph(null, (ComputationGraph) model);
  }

  private OrderedAveragingWorker worker(Broadcast<NetBroadcastTuple> tuple, Model model) {
    boolean graph = model instanceof ComputationGraph;
    WorkerConfiguration configuration =
        new WorkerConfiguration(graph, 1, spec.batchSize(), spec.averagingFrequency(), 0, false);
    return new OrderedAveragingWorker(
        tuple,
        spec.averageUpdater(),
        configuration,
        hooks.isEmpty() ? null : new ArrayList<>(hooks),
        listeners.isEmpty() ? null : new ArrayList<>(listeners));
  }

  @Override
  public OrderedAveragingWorker getWorkerInstance(SparkDl4jMultiLayer network) {
    MultiLayerNetwork model = network.getNetwork();
    return worker(network.getSparkContext().broadcast(tuple(model)), model);
  }

  @Override
  public OrderedAveragingWorker getWorkerInstance(SparkComputationGraph graph) {
    ComputationGraph model = graph.getNetwork();
    return worker(graph.getSparkContext().broadcast(tuple(model)), model);
  }

  @Override
  public void addHook(TrainingHook hook) {
    hooks.add(hook);
  }

  @Override
  public void removeHook(TrainingHook hook) {
    hooks.remove(hook);
  }

  @Override
  public void setListeners(Collection<TrainingListener> all) {
    listeners = List.copyOf(all);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> all) {
    listeners = List.copyOf(all);
  }

  @Override
  public String toJson() {
    return String.format(
        "{\"averagingFrequency\": %d, \"batchSize\": %d, \"averageUpdater\": %b, \"seed\": %d}",
        spec.averagingFrequency(), spec.batchSize(), spec.averageUpdater(), spec.seed());
  }

  @Override
  public String toYaml() {
    return String.format(
        "averagingFrequency: %d%nbatchSize: %d%naverageUpdater: %b%nseed: %d%n",
        spec.averagingFrequency(), spec.batchSize(), spec.averageUpdater(), spec.seed());
  }

  /** Not collected: the log has the time of a pass. */
  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      LOG.warn("this training master collects no DL4J training statistics");
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  @Override
  public SparkTrainingStats getTrainingStats() {
    return null;
  }

  /** Nothing to delete: no temporary files are written. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext context) {
    return true;
  }

  /** Nothing to delete: no temporary files are written. */
  @Override
  public boolean deleteTempFiles(SparkContext context) {
    return true;
  }
}
