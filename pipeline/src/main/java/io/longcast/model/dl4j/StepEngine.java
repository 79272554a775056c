package io.longcast.model.dl4j;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.model.recurrent.Ranges;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Training steps of a DL4J network that go around {@code fit}: forward and backward run on heap
 * arrays, the gradient is written into the network's gradient view, and the network's own updater
 * applies it. Parameters, updater state, iteration count and serialization stay DL4J's.
 *
 * <p>Networks it takes: one or more {@link KernelRecurrent}, the last in {@code LastTimeStep}, then
 * an output layer with identity activation and MSE loss, as DL4J computes it (mean over outputs and
 * examples).
 *
 * <p>Rows are worked off in blocks, so that the activations of a block stay near. A step allocates
 * nothing on the heap that grows with its size. Not thread-safe.
 */
public final class StepEngine {
  /** Rows of a block: what keeps a step's operands in the second-level cache. */
  private static final int BLOCK = 64;

  private final MultiLayerNetwork network;
  private final Backend backend;
  private final RecurrentStack stack;
  private final List<CellSpec> cells;
  private final int outputs;
  private final int hidden;
  private final int recurrentParameters;
  private final float[] parameters;
  private final float[] gradient;
  private final float[] last;
  private final float[] dLast;
  private final float[] error;
  private final int block;
  private Gradient views;
  private INDArray step;
  private double clipNorm = Double.POSITIVE_INFINITY;

  /**
   * @param network initialized; its parameters may be changed between steps
   * @param batch most rows of a step
   * @param steps most steps of a sequence
   * @param backend how to compute; stays the caller's to close
   * @throws IllegalArgumentException for a network of another form, naming the layer
   */
  public StepEngine(MultiLayerNetwork network, int batch, int steps, Backend backend) {
    this.network = network;
    this.backend = backend;
    this.cells = cells(network);
    this.block = Math.min(batch, BLOCK);
    this.stack = new RecurrentStack(cells, 0, block, steps, backend);
    this.hidden = stack.hidden();
    this.recurrentParameters = stack.parameters();
    this.outputs = (int) output(network).getNOut();
    this.parameters = new float[(int) network.numParams()];
    this.gradient = new float[parameters.length];
    this.last = new float[block * hidden];
    this.dLast = new float[block * hidden];
    this.error = new float[block * outputs];
  }

  private static OutputLayer output(MultiLayerNetwork network) {
    Layer layer = network.getOutputLayer().conf().getLayer();
    if (!(layer instanceof OutputLayer head)
        || !(head.getLossFn() instanceof LossMSE)
        || !(head.getActivationFn() instanceof ActivationIdentity)) {
      throw new IllegalArgumentException(
          "the last layer must be an OutputLayer with identity and MSE, found " + layer);
    }
    return head;
  }

  private static List<CellSpec> cells(MultiLayerNetwork network) {
    List<CellSpec> cells = new ArrayList<>();
    int top = network.getnLayers() - 2;
    for (int l = 0; l <= top; l++) {
      Layer layer = network.getLayerWiseConfigurations().getConf(l).getLayer();
      Layer cell = l == top && layer instanceof LastTimeStep last ? last.getUnderlying() : layer;
      boolean fits = l < top || layer instanceof LastTimeStep;
      if (!fits || !(cell instanceof KernelRecurrent kernel) || kernel.getIDropout() != null) {
        throw new IllegalArgumentException(
            "layer "
                + l
                + " must be a KernelRecurrent without dropout, the last one in"
                + " LastTimeStep, found "
                + layer);
      }
      cells.add(kernel.cell());
    }
    return cells;
  }

  /** Clips the norm of the whole gradient, averaged over examples, to {@code most}. */
  public void clipNorm(double most) {
    clipNorm = most;
  }

  /** Windows of the largest block; batches are cut at multiples of it. */
  public int block() {
    return block;
  }

  /**
   * One training step.
   *
   * @param x {@code [batch][time][features]}, the order in which windows are cut
   * @param y {@code [batch][outputs]}
   * @return loss before the step: mean square error
   */
  public double fit(float[] x, float[] y, int batch, int steps) {
    load();
    Arrays.fill(gradient, 0f);
    double loss = 0;
    for (int r = 0; r < batch; r += block) {
      int rows = Math.min(block, batch - r);
      forward(x, r, rows, steps);
      loss += lossGradient(y, r, rows);
      backward(rows);
    }
    clip(batch);
    apply(batch);
    return loss / ((double) batch * outputs);
  }

  /**
   * Forecasts.
   *
   * @param x {@code [batch][time][features]}
   * @param to {@code [batch][outputs]}
   */
  public void output(float[] x, int batch, int steps, float[] to) {
    load();
    for (int r = 0; r < batch; r += block) {
      int rows = Math.min(block, batch - r);
      forward(x, r, rows, steps);
      System.arraycopy(error, 0, to, r * outputs, rows * outputs);
    }
  }

  private void load() {
    HeapCopy.read(network.params(), parameters, 0);
    stack.load(parameters, 0);
  }

  /** Leaves the outputs in {@link #error}. */
  private void forward(float[] x, int from, int rows, int steps) {
    int features = stack.inputs();
    stack.begin(rows, steps);
    float[] arena = stack.arena();
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < rows; r++) {
        int source = ((from + r) * steps + t) * features;
        int to = stack.inputAt(t, r);
        for (int f = 0; f < features; f++) {
          arena[to + f] = x[source + f];
        }
      }
    }
    stack.forward();
    stack.lastState(last, 0);
    int bias = recurrentParameters + hidden * outputs;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(parameters, bias, error, r * outputs, outputs);
    }
    product()
        .multiply(
            false,
            true,
            rows,
            outputs,
            hidden,
            last,
            0,
            hidden,
            parameters,
            recurrentParameters,
            hidden,
            true,
            error,
            0,
            outputs);
  }

  private MatrixProduct product() {
    return backend.product();
  }

  /** Turns outputs into the gradient of the summed loss; gives the sum of squares. */
  private double lossGradient(float[] y, int from, int rows) {
    double sum = 0;
    float scale = 2f / outputs;
    int at = from * outputs;
    for (int i = 0; i < rows * outputs; i++) {
      float e = error[i] - y[at + i];
      sum += (double) e * e;
      error[i] = e * scale;
    }
    return sum;
  }

  /** DL4J keeps dense weights column-major: {@code [outputs][hidden]} row by row. */
  private void backward(int rows) {
    int bias = recurrentParameters + hidden * outputs;
    product()
        .multiply(
            true,
            false,
            outputs,
            hidden,
            rows,
            error,
            0,
            outputs,
            last,
            0,
            hidden,
            true,
            gradient,
            recurrentParameters,
            hidden);
    for (int r = 0; r < rows; r++) {
      Ranges.addScaled(1f, error, r * outputs, gradient, bias, outputs);
    }
    product()
        .multiply(
            false,
            false,
            rows,
            hidden,
            outputs,
            error,
            0,
            outputs,
            parameters,
            recurrentParameters,
            hidden,
            false,
            dLast,
            0,
            hidden);
    stack.gradientOfLastState(dLast, 0);
    stack.backward(gradient, 0);
  }

  private void clip(int batch) {
    if (clipNorm == Double.POSITIVE_INFINITY) {
      return;
    }
    double norm = Math.sqrt(Ranges.sumOfSquares(gradient, 0, gradient.length)) / batch;
    if (norm > clipNorm) {
      Ranges.scale((float) (clipNorm / norm), gradient, 0, gradient.length);
    }
  }

  /** What DL4J's solver does after its backward pass: updater, step, iteration count. */
  private void apply(int batch) {
    if (views == null) {
      network.initGradientsView();
      views = gradientViews();
      step = network.getFlattenedGradients().reshape(network.numParams());
    }
    INDArray flat = network.getFlattenedGradients();
    HeapCopy.write(gradient, 0, flat);
    network
        .getUpdater()
        .update(
            network,
            views,
            network.getIterationCount(),
            network.getEpochCount(),
            batch,
            LayerWorkspaceMgr.noWorkspaces());
    network.params().subi(step);
    network.setIterationCount(network.getIterationCount() + 1);
  }

  private Gradient gradientViews() {
    Gradient all = new DefaultGradient(network.getFlattenedGradients());
    for (int l = 0; l < network.getnLayers(); l++) {
      INDArray part = network.getLayer(l).getGradientsViewArray();
      int index = l;
      Layer layer = network.getLayer(l).conf().getLayer();
      layer
          .initializer()
          .getGradientsFromFlattened(network.getLayer(l).conf(), part)
          .forEach((key, view) -> all.setGradientFor(index + "_" + key, view));
    }
    return all;
  }
}
