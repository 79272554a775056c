package io.longcast.train.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J network seen as vectors: the two kinds differ in little more than their names. */
abstract sealed class SlotNetwork implements AutoCloseable {

  /** The network. */
  abstract Model model();

  /** The updater's state, null without one. */
  abstract INDArray updaterState();

  /** Updates so far. */
  abstract int iteration();

  abstract void iteration(int count);

  /** One update. */
  abstract void fit(PackedExamples minibatch);

  float[] parameters() {
    return values(model().params());
  }

  float[] updater() {
    INDArray state = updaterState();
    return state == null ? new float[0] : values(state);
  }

  /**
   * Copies vectors in.
   *
   * @param updater null starts the updater from zero
   */
  void load(float[] parameters, float[] updater) {
    assign(model().params(), parameters);
    INDArray state = updaterState();
    if (state != null && updater != null) {
      assign(state, updater);
    } else if (state != null) {
      state.assign(0);
    }
  }

  /** The score of the last update. */
  double score() {
    return model().score();
  }

  private static float[] values(INDArray array) {
    INDArray rows = array.dup('c');
    float[] values = rows.data().asFloat();
    rows.close();
    return values;
  }

  private static void assign(INDArray array, float[] values) {
    INDArray source = Nd4j.create(values, array.shape(), 'c');
    array.assign(source);
    source.close();
  }

  /** The gradient's vector, null before the first update. */
  abstract INDArray gradient();

  /**
   * Frees the vectors and this thread's workspaces. DL4J's own {@code close} does the same and then
   * collects the whole heap's garbage, a quarter of a second in every executor.
   */
  @Override
  public void close() {
    for (INDArray array : Arrays.asList(model().params(), gradient(), updaterState())) {
      if (array != null && array.closeable()) {
        array.close();
      }
    }
    for (MemoryWorkspace workspace :
        Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread()) {
      workspace.destroyWorkspace(true);
    }
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
      worker.processMinibatch(minibatch.dataSet(), network, false);
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
      worker.processMinibatch(minibatch.multiDataSet(), graph, false);
    }
  }
}
