package io.longcast.model.dl4j.configured;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.dl4j.HeapCopy;
import io.longcast.model.dl4j.NativeMemory;
import io.longcast.model.network.ScaledBatch;
import io.longcast.scale.Scale;
import io.longcast.window.WindowBatch;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One DL4J network that reads windows: parameters in and out as flat vectors, windows as data sets.
 * Its native memory is freed with it.
 */
final class ConfiguredReplica implements AutoCloseable {
  /** nd4j takes the clock for a seed of 0. */
  private static final long IN_PLACE_OF_ZERO = 0x9e3779b97f4a7c15L;

  private final ModelSpec model;
  private final NetworkInputs inputs;
  private final OutputForm form;
  private final SequenceInputs sequences;
  private final NativeMemory memory = new NativeMemory();
  private final MultiLayerNetwork network;
  private ScaledBatch scaled;

  ConfiguredReplica(
      ModelSpec model, NetworkInputs inputs, OutputForm form, MultiLayerConfiguration layers) {
    this.model = model;
    this.inputs = inputs;
    this.form = form;
    sequences = new SequenceInputs(model, inputs, form);
    network = new MultiLayerNetwork(layers);
    network.init();
  }

  /** A seed that nd4j takes as it is. */
  static long seed(long seed) {
    return seed == 0 ? IN_PLACE_OF_ZERO : seed;
  }

  MultiLayerNetwork network() {
    return network;
  }

  int parameterCount() {
    return Math.toIntExact(network.numParams());
  }

  void load(float[] parameters) {
    HeapCopy.write(parameters, 0, network.params());
  }

  void store(float[] parameters) {
    HeapCopy.read(network.params(), parameters, 0);
  }

  /**
   * Windows with their targets in scaled units; a target that was not observed, or whose context
   * never changed, is masked. The caller frees it.
   */
  DataSet examples(WindowBatch windows) {
    int count = windows.size() * inputs.horizon();
    INDArray x = inputs(windows);
    long[] shape = form.outputs(windows.size(), inputs.contextLength(), inputs.horizon());
    float[] labels = new float[Math.toIntExact(length(shape))];
    float[] mask = new float[labels.length];
    int tail = labels.length - count;
    for (int at = 0; at < count; at++) {
      int window = at / inputs.horizon();
      Scale scale = scaled.scale(window);
      if (windows.targetObserved()[at] != 0 && !scale.isConstant()) {
        int place = tail + window + windows.size() * (at % inputs.horizon());
        labels[place] = scale.scaled(windows.target()[at]);
        mask[place] = 1;
      }
    }
    return new DataSet(x, Nd4j.create(labels, shape, 'f'), null, Nd4j.create(mask, shape, 'f'));
  }

  private static long length(long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }

  /** Frees a data set. */
  static void free(DataSet examples) {
    NativeMemory.free(examples.getFeatures(), examples.getLabels(), examples.getLabelsMaskArray());
  }

  /**
   * The outputs of a batch in scaled units, window {@code i} and step {@code t} at {@code i + size
   * * t}.
   */
  float[] outputs(WindowBatch windows) {
    INDArray x = inputs(windows);
    INDArray raw = network.output(x, false);
    INDArray out = HeapCopy.ordered(raw, 'f');
    float[] all = new float[Math.toIntExact(out.length())];
    HeapCopy.read(out, all, 0);
    NativeMemory.free(x, out, raw);
    int count = windows.size() * inputs.horizon();
    float[] values = new float[count];
    System.arraycopy(all, all.length - count, values, 0, count);
    return values;
  }

  private INDArray inputs(WindowBatch windows) {
    if (scaled == null || scaled.capacity() < windows.size()) {
      scaled = new ScaledBatch(windows.capacity(), model, inputs);
    }
    scaled.accept(windows);
    return sequences.array(windows, scaled);
  }

  /** The scale of a window of the last batch. */
  Scale scale(int window) {
    return scaled.scale(window);
  }

  @Override
  public void close() {
    Updater updater = network.getUpdater(false);
    NativeMemory.free(network.params(), network.getFlattenedGradients());
    NativeMemory.free(updater == null ? null : updater.getStateViewArray());
    NativeMemory.freeWorkspaces();
    memory.close();
  }

  /** The updater's state, null where it has none. */
  INDArray updaterState() {
    return network.getUpdater().getStateViewArray();
  }
}
