package io.longcast.model.network;

import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.model.recurrent.MatrixProduct;
import java.util.random.RandomGenerator;

/** An affine map {@code y = x W + b} of rows, {@code W [inputs, outputs]}; all passes add. */
public final class LinearMap {
  final int inputs;
  final int outputs;
  final Slice weight;
  final Slice bias;

  /** Takes its place in a layout. */
  public LinearMap(String name, int inputs, int outputs, ParameterLayout.Builder layout) {
    this.inputs = inputs;
    this.outputs = outputs;
    weight = layout.add(name + ".W", inputs, outputs);
    bias = layout.add(name + ".b", 1, outputs);
  }

  /** Columns of y. */
  public int outputs() {
    return outputs;
  }

  /** Where W lies in the parameters. */
  public Slice weight() {
    return weight;
  }

  /** Uniform weights of variance 2 / (inputs + outputs) (Glorot and Bengio 2010). */
  void initializeXavier(float[] parameters, RandomGenerator random) {
    double bound = Math.sqrt(6.0 / (inputs + outputs));
    for (int i = weight.offset(); i < weight.end(); i++) {
      parameters[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  /** {@code y[rows, outputs] += x[rows, inputs] W + b}. */
  public void forward(MatrixProduct product, int rows, float[] x, float[] parameters, float[] y) {
    forward(product, rows, outputs, x, parameters, y);
  }

  /** The same for the first {@code wanted} outputs of each row alone. */
  void forward(
      MatrixProduct product, int rows, int wanted, float[] x, float[] parameters, float[] y) {
    for (int r = 0; r < rows; r++) {
      add(wanted, parameters, bias.offset(), y, r * outputs);
    }
    product.multiply(
        false,
        false,
        rows,
        wanted,
        inputs,
        x,
        0,
        inputs,
        parameters,
        weight.offset(),
        outputs,
        true,
        y,
        0,
        outputs);
  }

  /** Adds the gradients of W and b. */
  public void backward(MatrixProduct product, int rows, float[] x, float[] dy, float[] gradient) {
    for (int r = 0; r < rows; r++) {
      add(outputs, dy, r * outputs, gradient, bias.offset());
    }
    product.multiply(
        true,
        false,
        inputs,
        outputs,
        rows,
        x,
        0,
        inputs,
        dy,
        0,
        outputs,
        true,
        gradient,
        weight.offset(),
        outputs);
  }

  /** {@code dx[rows, inputs] += dy W'}. */
  public void inputGradient(
      MatrixProduct product, int rows, float[] dy, float[] parameters, float[] dx) {
    product.multiply(
        false,
        true,
        rows,
        inputs,
        outputs,
        dy,
        0,
        outputs,
        parameters,
        weight.offset(),
        outputs,
        true,
        dx,
        0,
        inputs);
  }

  static void add(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += x[xAt + j];
    }
  }
}
