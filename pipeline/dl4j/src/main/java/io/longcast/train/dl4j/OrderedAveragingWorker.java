package io.longcast.train.dl4j;

import java.util.Collection;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;

/**
 * DL4J's worker, whose hooks and listeners stay in force; the networks it opens are kept by task
 * slot and loaded with new parameters in every round.
 */
public final class OrderedAveragingWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  OrderedAveragingWorker(
      Broadcast<NetBroadcastTuple> broadcast,
      boolean averageUpdater,
      WorkerConfiguration configuration,
      Collection<TrainingHook> hooks,
      Collection<TrainingListener> listeners) {
    super(broadcast, averageUpdater, configuration, hooks, listeners, null);
  }

  /** Opens the network of a task slot. */
  SlotNetwork open() {
    if (getDataConfiguration().isGraphNetwork()) {
      ComputationGraph graph = getInitialModelGraph();
      return new SlotNetwork.Graph(this, graph);
    }
    MultiLayerNetwork network = getInitialModel();
    return new SlotNetwork.Layers(this, network);
  }
}
