package io.longcast.model.zero.network;

import io.longcast.model.network.ParameterLayout;
import io.longcast.model.network.ParameterLayout.Slice;
import java.util.Arrays;

/** Layer normalization (Ba, Kiros and Hinton 2016) of rows of one width. */
final class LayerNorm {
  private static final float EPSILON = 1e-5f;

  private final int width;
  private final Slice gain;
  private final Slice bias;
  private final float[] normalized;
  private final float[] inverse;

  LayerNorm(String name, int width, int maxRows, ParameterLayout.Builder layout) {
    this.width = width;
    gain = layout.add(name + ".gain", 1, width);
    bias = layout.add(name + ".bias", 1, width);
    normalized = new float[Math.multiplyExact(maxRows, width)];
    inverse = new float[maxRows];
  }

  void initialize(float[] parameters) {
    Arrays.fill(parameters, gain.offset(), gain.end(), 1f);
    Arrays.fill(parameters, bias.offset(), bias.end(), 0f);
  }

  void forward(int rows, float[] x, float[] parameters, float[] y) {
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      float mean = 0;
      for (int j = 0; j < width; j++) {
        mean += x[at + j];
      }
      mean /= width;
      float squares = 0;
      for (int j = 0; j < width; j++) {
        float d = x[at + j] - mean;
        squares += d * d;
      }
      float factor = (float) (1 / Math.sqrt(squares / width + EPSILON));
      inverse[r] = factor;
      for (int j = 0; j < width; j++) {
        float n = (x[at + j] - mean) * factor;
        normalized[at + j] = n;
        y[at + j] = n * parameters[gain.offset() + j] + parameters[bias.offset() + j];
      }
    }
  }

  /** Adds the gradients of the parameters, and of the inputs to {@code dx}. */
  void backward(int rows, float[] dy, float[] parameters, float[] gradient, float[] dx) {
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      float mean = 0;
      float along = 0;
      for (int j = 0; j < width; j++) {
        float g = dy[at + j];
        gradient[gain.offset() + j] += g * normalized[at + j];
        gradient[bias.offset() + j] += g;
        float scaled = g * parameters[gain.offset() + j];
        mean += scaled;
        along += scaled * normalized[at + j];
      }
      mean /= width;
      along /= width;
      for (int j = 0; j < width; j++) {
        float scaled = dy[at + j] * parameters[gain.offset() + j];
        dx[at + j] += inverse[r] * (scaled - mean - normalized[at + j] * along);
      }
    }
  }
}
