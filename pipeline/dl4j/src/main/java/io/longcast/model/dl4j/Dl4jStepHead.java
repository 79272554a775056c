package io.longcast.model.dl4j;

import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.model.recurrent.Ranges;
import java.util.Arrays;

/**
 * The dense layer from hidden states to outputs, on heap arrays. DL4J keeps its weights
 * column-major, which is {@code [outputs][hidden]} row by row, then the bias.
 */
final class Dl4jStepHead {
  private final MatrixProduct product;
  private final int hidden;
  private final int outputs;
  private final int weights;
  private final int bias;

  /**
   * @param at where the layer's parameters begin
   * @param hasBias whether a bias follows the weights
   */
  Dl4jStepHead(MatrixProduct product, int hidden, int outputs, int at, boolean hasBias) {
    this.product = product;
    this.hidden = hidden;
    this.outputs = outputs;
    this.weights = at;
    this.bias = hasBias ? at + hidden * outputs : -1;
  }

  /** {@code out[rows][outputs] = states W + b}. */
  void forward(float[] parameters, float[] states, int rows, float[] out) {
    for (int r = 0; r < rows; r++) {
      int to = r * outputs;
      if (bias < 0) {
        Arrays.fill(out, to, to + outputs, 0f);
      } else {
        System.arraycopy(parameters, bias, out, to, outputs);
      }
    }
    product.multiply(
        false,
        true,
        rows,
        outputs,
        hidden,
        states,
        0,
        hidden,
        parameters,
        weights,
        hidden,
        true,
        out,
        0,
        outputs);
  }

  /** Adds the parameters' gradient to {@code gradient} and writes that of the states. */
  void backward(
      float[] parameters,
      float[] states,
      float[] error,
      int rows,
      float[] gradient,
      float[] dStates) {
    product.multiply(
        true, false, outputs, hidden, rows, error, 0, outputs, states, 0, hidden, true, gradient,
        weights, hidden);
    for (int r = 0; bias >= 0 && r < rows; r++) {
      Ranges.addScaled(1f, error, r * outputs, gradient, bias, outputs);
    }
    product.multiply(
        false,
        false,
        rows,
        hidden,
        outputs,
        error,
        0,
        outputs,
        parameters,
        weights,
        hidden,
        false,
        dStates,
        0,
        hidden);
  }
}
