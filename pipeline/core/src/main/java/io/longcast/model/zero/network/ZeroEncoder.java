package io.longcast.model.zero.network;

import io.longcast.model.network.LinearMap;
import io.longcast.model.network.ParameterLayout;
import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A linear map and recurrent layers, each normalized before and added to what it read. */
final class ZeroEncoder {
  private final int hidden;
  private final Backend backend;
  private final LinearMap input;
  private final Gelu gelu;
  private final Layer[] layers;
  private final float[] before;
  private final float[] x;
  private final float[] scratch;

  /** One recurrent layer. */
  private final class Layer {
    private final LayerNorm norm;
    private final Slice weights;
    private final Slice bias;
    private final RecurrentStack stack;

    Layer(int number, int maxSeries, int maxSteps, ParameterLayout.Builder layout) {
      String name = "lstm" + number;
      CellSpec cell = CellSpec.of(CellKind.LSTM, hidden, hidden);
      norm = new LayerNorm("norm" + number, hidden, maxSeries * maxSteps, layout);
      weights = layout.add(name + ".W", 1, cell.biasAt());
      bias = layout.add(name + ".b", 1, cell.parameters() - cell.biasAt());
      stack = new RecurrentStack(List.of(cell), 0, maxSeries, maxSteps, backend);
    }

    void initialize(float[] parameters, SplittableRandom random) {
      norm.initialize(parameters);
      uniform(parameters, weights, 1 / Math.sqrt(hidden), random);
      int forget = bias.offset() + hidden;
      Arrays.fill(parameters, forget, forget + hidden, 1f);
    }

    void forward(ZeroBatch batch, float[] parameters) {
      norm.forward(batch.rows(), x, parameters, scratch);
      stack.begin(batch.series(), batch.steps());
      stack.input(scratch, 0);
      stack.forward();
      stack.states(scratch, 0);
      add(batch.rows() * hidden, scratch, x);
    }

    void backward(ZeroBatch batch, float[] parameters, float[] gradient, float[] dx) {
      stack.gradientOfStates(dx, 0);
      stack.backward(gradient, weights.offset(), true, false);
      stack.inputGradient(scratch, 0);
      norm.backward(batch.rows(), scratch, parameters, gradient, dx);
    }
  }

  ZeroEncoder(
      ZeroShape shape,
      int maxSeries,
      int maxSteps,
      Backend backend,
      ParameterLayout.Builder layout) {
    this.backend = backend;
    hidden = shape.hidden();
    input = new LinearMap("input", ZeroShape.INPUTS, hidden, layout);
    layers = new Layer[shape.layers()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Layer(l, maxSeries, maxSteps, layout);
    }
    int most = Math.multiplyExact(maxSeries * maxSteps, hidden);
    gelu = new Gelu(most);
    before = new float[most];
    x = new float[most];
    scratch = new float[most];
  }

  static void uniform(float[] parameters, Slice slice, double bound, SplittableRandom random) {
    for (int i = slice.offset(); i < slice.end(); i++) {
      parameters[i] = (float) random.nextDouble(-bound, bound);
    }
  }

  private static void add(int n, float[] from, float[] to) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }

  void initialize(float[] parameters, SplittableRandom random) {
    uniform(parameters, input.weight(), 1 / Math.sqrt(ZeroShape.INPUTS), random);
    for (Layer layer : layers) {
      layer.initialize(parameters, random);
    }
  }

  /** Reads the parameters anew. */
  void load(float[] parameters) {
    for (Layer layer : layers) {
      layer.stack.load(parameters, layer.weights.offset());
    }
  }

  /** The states of all rows, {@code [rows, hidden]}. */
  float[] forward(ZeroBatch batch, float[] parameters) {
    int n = batch.rows() * hidden;
    Arrays.fill(before, 0, n, 0f);
    input.forward(backend.product(), batch.rows(), batch.inputs, parameters, before);
    gelu.forward(backend.elementwise(), n, before, x);
    for (Layer layer : layers) {
      layer.forward(batch, parameters);
    }
    return x;
  }

  /**
   * Adds the gradients of the parameters.
   *
   * @param dx gradient of the states; overwritten
   */
  void backward(ZeroBatch batch, float[] parameters, float[] dx, float[] gradient) {
    for (int l = layers.length - 1; l >= 0; l--) {
      layers[l].backward(batch, parameters, gradient, dx);
    }
    gelu.backward(batch.rows() * hidden, before, dx);
    input.backward(backend.product(), batch.rows(), batch.inputs, dx, gradient);
  }
}
