package io.longcast.model.dl4j;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A recurrent layer of DL4J that hands its work to a {@link RecurrentStack} of one layer. The
 * activations of the forward pass stay in the stack's arena, so that backpropagation does not run
 * it again.
 */
public final class KernelRecurrentLayer extends BaseRecurrentLayer<KernelRecurrent> {
  private static final long serialVersionUID = 1L;
  private static final String HIDDEN_KEY = "prevAct";
  private static final String CELL_KEY = "prevMem";

  private transient Backend kernels;
  private transient RecurrentStack stack;
  private transient float[] flat;
  private transient float[] sequence;
  private transient float[] scratch;
  private transient INDArray computed;

  KernelRecurrentLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    return run(Map.of(), training, workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray in, LayerWorkspaceMgr workspaces) {
    setInput(in, workspaces);
    INDArray out = run(stateMap, false, workspaces);
    storeState(stateMap);
    return out;
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray in, boolean training, boolean store, LayerWorkspaceMgr workspaces) {
    setInput(in, workspaces);
    applyDropOutIfNecessary(training, workspaces);
    INDArray out = run(stateMap, training, workspaces);
    if (store) {
      storeState(tBpttStateMap);
    }
    return out;
  }

  private INDArray run(
      Map<String, INDArray> state, boolean training, LayerWorkspaceMgr workspaces) {
    forward(state, training, workspaces);
    INDArray in = sequenceInput();
    CellSpec cell = layerConf().cell();
    long[] shape = {in.size(0), cell.hidden(), in.size(2)};
    INDArray out =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'f');
    stack.states(sequence, 0);
    HeapCopy.writeSequence(sequence, scratch, out);
    return ofFormat(out, ArrayType.ACTIVATIONS, workspaces);
  }

  private void forward(
      Map<String, INDArray> state, boolean training, LayerWorkspaceMgr workspaces) {
    INDArray in = sequenceInput();
    int batch = (int) in.size(0);
    int steps = (int) in.size(2);
    open(batch, steps);
    readParameters(training, workspaces);
    stack.load(flat, 0);
    stack.begin(batch, steps);
    if (maskArray != null) {
      HeapCopy.read(HeapCopy.ordered(maskArray, 'f'), scratch, 0);
      stack.mask(scratch, 0);
    }
    if (!state.isEmpty()) {
      stack.initialState(restored(state, batch), 0);
    }
    HeapCopy.readSequence(in, scratch, sequence);
    stack.input(sequence, 0);
    stack.forward();
    computed = input;
  }

  private INDArray sequenceInput() {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "input must have 3 dimensions (batch, features, time), found rank "
              + input.rank()
              + " (layer "
              + index
              + ")");
    }
    return permuteIfNWC(input);
  }

  /** Opens the kernels, or reopens them for a larger batch or longer sequences. */
  private void open(int batch, int steps) {
    if (kernels == null) {
      kernels = Numerics.open(BlasBackend::new);
    }
    CellSpec cell = layerConf().cell();
    if (stack == null || batch > stack.maxBatch() || steps > stack.maxSteps()) {
      int rows = stack == null ? batch : Math.max(batch, stack.maxBatch());
      int length = stack == null ? steps : Math.max(steps, stack.maxSteps());
      stack = new RecurrentStack(List.of(cell), 0, rows, length, kernels);
      int wide = Math.max(cell.inputs(), cell.hidden());
      sequence = new float[rows * length * wide];
      scratch = new float[rows * length * wide];
      flat = new float[cell.parameters()];
    }
  }

  private void readParameters(boolean training, LayerWorkspaceMgr workspaces) {
    if (layerConf().getWeightNoise() == null) {
      HeapCopy.read(paramsFlattened, flat, 0);
      return;
    }
    int at = 0;
    for (String key : layerConf().initializer().paramKeys(layerConf())) {
      INDArray values = getParamWithNoise(key, training, workspaces);
      HeapCopy.read(HeapCopy.ordered(values, 'f'), flat, at);
      at += (int) values.length();
    }
  }

  private float[] restored(Map<String, INDArray> state, int batch) {
    float[] values = new float[batch * stack.stateSize()];
    INDArray hidden = state.get(HIDDEN_KEY);
    if (hidden.size(0) != batch) {
      throw new IllegalArgumentException(
          "batch must be that of the stored state, "
              + hidden.size(0)
              + ", found "
              + batch
              + ": clear the state between batches");
    }
    HeapCopy.read(HeapCopy.ordered(hidden, 'c'), values, 0);
    if (state.containsKey(CELL_KEY)) {
      int half = batch * stack.hidden();
      HeapCopy.read(HeapCopy.ordered(state.get(CELL_KEY), 'c'), values, half);
    }
    return values;
  }

  @SuppressWarnings("try") // the scope matters, not the variable
  private void storeState(Map<String, INDArray> state) {
    int batch = (int) input.size(0);
    int size = batch * stack.hidden();
    float[] values = new float[batch * stack.stateSize()];
    stack.finalState(values, 0);
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      for (int i = 0; i * size < values.length; i++) {
        INDArray part = Nd4j.createUninitialized(DataType.FLOAT, batch, stack.hidden());
        HeapCopy.write(values, i * size, part);
        state.put(i == 0 ? HIDDEN_KEY : CELL_KEY, part);
      }
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray eps, LayerWorkspaceMgr workspaces) {
    return tbpttBackpropGradient(eps, -1, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray eps, int backLength, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (computed != input) {
      forward(backLength > 0 ? stateMap : Map.of(), true, workspaces);
    }
    INDArray in = sequenceInput();
    int steps = (int) in.size(2);
    HeapCopy.readSequence(permuteIfNWC(eps), scratch, sequence);
    stack.gradientOfStates(sequence, 0);
    Arrays.fill(flat, 0f);
    stack.backward(flat, 0, true, false, backLength > 0 ? Math.max(0, steps - backLength) : 0);
    computed = null;
    HeapCopy.write(flat, 0, gradientsFlattened);
    weightNoiseParams.clear();
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    for (String key : layerConf().initializer().paramKeys(layerConf())) {
      gradient.gradientForVariable().put(key, gradientViews.get(key));
    }
    return new Pair<>(gradient, inputGradient(in.shape(), workspaces));
  }

  private INDArray inputGradient(long[] shape, LayerWorkspaceMgr workspaces) {
    INDArray out =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, shape, 'f');
    stack.inputGradient(sequence, 0);
    HeapCopy.writeSequence(sequence, scratch, out);
    return ofFormat(backpropDropOutIfPresent(out), ArrayType.ACTIVATION_GRAD, workspaces);
  }

  private INDArray ofFormat(INDArray sequence, ArrayType type, LayerWorkspaceMgr workspaces) {
    return getDataFormat() == RNNFormat.NWC
        ? workspaces.leverageTo(type, sequence.permute(0, 2, 1))
        : sequence;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    return new Pair<>(mask, MaskState.Passthrough);
  }

  @Override
  public void close() {
    super.close();
    if (kernels != null) {
      kernels.close();
    }
    kernels = null;
    stack = null;
  }
}
