package io.longcast.train.dl4j;

import io.longcast.model.dl4j.NativeMemory;
import io.longcast.train.round.JvmNumerics;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A DL4J network seen as vectors: the two kinds differ in little more than their names. */
abstract sealed class SlotNetwork implements AutoCloseable {
  private final NativeMemory memory = new NativeMemory();
  private final String numerics = JvmNumerics.text();

  private SlotNetwork() {}

  /** The network. */
  abstract Model model();

  /** What decides the bits in this JVM. */
  String numerics() {
    return numerics;
  }

  /** The updater's state, null without one. */
  abstract INDArray updaterState();

  /** Updates so far. */
  abstract int iteration();

  abstract void iteration(int count);

  /** One update; the minibatch's native arrays are freed after it. */
  abstract void fit(PackedExamples minibatch);

  float[] parameters() {
    return Vectors.values(model().params());
  }

  float[] updater() {
    INDArray state = updaterState();
    return state == null ? new float[0] : Vectors.values(state);
  }

  /**
   * Copies vectors in.
   *
   * @param updater null starts the updater from zero
   */
  void load(float[] parameters, float[] updater) {
    Vectors.assign(model().params(), parameters);
    INDArray state = updaterState();
    if (state != null && updater != null) {
      Vectors.assign(state, updater);
    } else if (state != null) {
      state.assign(0);
    }
  }

  /** The score of the last update. */
  double score() {
    return model().score();
  }

  /** The gradient's vector, null before the first update. */
  abstract INDArray gradient();

  /**
   * Frees the vectors and this thread's workspaces. DL4J's own {@code close} does the same and then
   * collects the whole heap's garbage, a quarter of a second in every executor.
   */
  @Override
  public void close() {
    NativeMemory.free(model().params(), gradient(), updaterState());
    NativeMemory.freeWorkspaces();
    restoreCollections();
  }

  /** Back to what was so before this network was opened. */
  void restoreCollections() {
    memory.close();
  }

  /** A {@code MultiLayerNetwork}. */
  static final class Layers extends SlotNetwork {
    private final OrderedAveragingWorker worker;
    private final MultiLayerNetwork network;

    Layers(OrderedAveragingWorker worker, MultiLayerNetwork network) {
      this.worker = worker;
      this.network = network;
    }

    @Override
    Model model() {
      return network;
    }

    @Override
    INDArray updaterState() {
      return network.getUpdater().getStateViewArray();
    }

    @Override
    INDArray gradient() {
      return network.getFlattenedGradients();
    }

    @Override
    int iteration() {
      return network.getIterationCount();
    }

    @Override
    void iteration(int count) {
      network.setIterationCount(count);
    }

    @Override
    void fit(PackedExamples minibatch) {
      DataSet data = minibatch.dataSet();
      worker.processMinibatch(data, network, false);
      NativeMemory.free(
          data.getFeatures(),
          data.getLabels(),
          data.getFeaturesMaskArray(),
          data.getLabelsMaskArray());
    }
  }

  /** A {@code ComputationGraph}. */
  static final class Graph extends SlotNetwork {
    private final OrderedAveragingWorker worker;
    private final ComputationGraph graph;

    Graph(OrderedAveragingWorker worker, ComputationGraph graph) {
      this.worker = worker;
      this.graph = graph;
    }

    @Override
    Model model() {
      return graph;
    }

    @Override
    INDArray updaterState() {
      return graph.getUpdater().getUpdaterStateViewArray();
    }

    @Override
    INDArray gradient() {
      return graph.getFlattenedGradients();
    }

    @Override
    int iteration() {
      return graph.getIterationCount();
    }

    @Override
    void iteration(int count) {
      graph.getConfiguration().setIterationCount(count);
    }

    @Override
    void fit(PackedExamples minibatch) {
      MultiDataSet data = minibatch.multiDataSet();
      worker.processMinibatch(data, graph, false);
      NativeMemory.free(data.getFeatures());
      NativeMemory.free(data.getLabels());
      NativeMemory.free(data.getFeaturesMaskArrays());
      NativeMemory.free(data.getLabelsMaskArrays());
    }
  }
}
