package io.longcast.model.network;

import io.longcast.model.ModelSpec.Convolution;
import io.longcast.model.NetworkInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Causal 1-D convolutions with ReLU over the steps of the context. Inputs of a step: the scaled
 * value, past and known covariates. A window's steps lie one after the other behind {@code kernel -
 * 1} zero steps, so that a kernel's view is a plain range and a layer is one product a window.
 */
final class ConvolutionFront {
  private final NetworkInputs inputs;
  private final int kernel;
  private final int lead;
  private final List<LinearMap> maps = new ArrayList<>();
  private final float[][] x;
  private final float[][] dx;
  private float[] view = new float[0];

  ConvolutionFront(Convolution spec, NetworkInputs inputs, ParameterLayout.Builder layout) {
    this.inputs = inputs;
    kernel = spec.kernel();
    lead = kernel - 1;
    int channels = 1 + inputs.pastCovariates() + inputs.knownCovariates();
    for (int l = 0; l < spec.layers(); l++) {
      maps.add(new LinearMap("conv" + l, kernel * channels, spec.channels(), layout));
      channels = spec.channels();
    }
    x = new float[spec.layers() + 1][0];
    dx = new float[spec.layers() + 1][0];
  }

  /** Numbers a step that come out. */
  int channels() {
    return maps.get(maps.size() - 1).outputs;
  }

  void initialize(float[] parameters, RandomGenerator random) {
    maps.forEach(map -> map.initializeXavier(parameters, random));
  }

  /** Where step {@code step} of a window's output lies in {@link #output()}. */
  int at(int window, int step) {
    return (window * (lead + inputs.contextLength()) + lead + step) * channels();
  }

  float[] output() {
    return x[maps.size()];
  }

  float[] outputGradient() {
    return dx[maps.size()];
  }

  private int channels(int layer) {
    return layer == maps.size() ? channels() : maps.get(layer).inputs / kernel;
  }

  void forward(Tape tape, float[] parameters) {
    grow(tape);
    fill(tape);
    int steps = inputs.contextLength();
    for (int l = 0; l < maps.size(); l++) {
      LinearMap map = maps.get(l);
      Arrays.fill(x[l + 1], 0);
      for (int i = 0; i < tape.size; i++) {
        int from = i * (lead + steps) * channels(l);
        int to = (i * (lead + steps) + lead) * map.outputs;
        biases(map, parameters, x[l + 1], to);
        tape.product.multiply(
            false,
            false,
            steps,
            map.outputs,
            map.inputs,
            x[l],
            from,
            channels(l),
            parameters,
            map.weight.offset(),
            map.outputs,
            true,
            x[l + 1],
            to,
            map.outputs);
        relu(x[l + 1], to, steps * map.outputs);
      }
    }
    Arrays.fill(dx[maps.size()], 0);
  }

  private void biases(LinearMap map, float[] parameters, float[] to, int at) {
    for (int step = 0; step < inputs.contextLength(); step++) {
      LinearMap.add(map.outputs, parameters, map.bias.offset(), to, at + step * map.outputs);
    }
  }

  private static void relu(float[] y, int at, int length) {
    for (int j = at; j < at + length; j++) {
      y[j] = Math.max(0, y[j]);
    }
  }

  private void grow(Tape tape) {
    int rows = tape.capacity() * (lead + inputs.contextLength());
    if (x[0].length < rows * channels(0)) {
      for (int l = 0; l < x.length; l++) {
        x[l] = new float[rows * channels(l)];
        dx[l] = new float[x[l].length];
      }
      view =
          new float[inputs.contextLength() * maps.stream().mapToInt(m -> m.inputs).max().orElse(0)];
    }
  }

  private void fill(Tape tape) {
    ScaledBatch scaled = tape.scaled;
    int context = inputs.contextLength();
    int width = channels(0);
    for (int i = 0; i < tape.size; i++) {
      for (int j = 0; j < context; j++) {
        int at = (i * (lead + context) + lead + j) * width;
        x[0][at++] = scaled.context[i * context + j];
        for (int k = 0; k < inputs.pastCovariates(); k++) {
          x[0][at++] = scaled.past[(i * inputs.pastCovariates() + k) * context + j];
        }
        for (int k = 0; k < inputs.knownCovariates(); k++) {
          int row = i * inputs.knownCovariates() + k;
          x[0][at++] = scaled.known[row * (context + inputs.horizon()) + j];
        }
      }
    }
  }

  /** Backward from {@link #outputGradient()}. */
  void backward(Tape tape, float[] parameters, float[] gradient) {
    int steps = inputs.contextLength();
    for (int l = maps.size() - 1; l >= 0; l--) {
      LinearMap map = maps.get(l);
      Arrays.fill(dx[l], 0);
      for (int i = 0; i < tape.size; i++) {
        int from = i * (lead + steps) * channels(l);
        int to = (i * (lead + steps) + lead) * map.outputs;
        reluGradient(l + 1, to, steps * map.outputs);
        for (int step = 0; step < steps; step++) {
          LinearMap.add(
              map.outputs, dx[l + 1], to + step * map.outputs, gradient, map.bias.offset());
        }
        tape.product.multiply(
            true,
            false,
            map.inputs,
            map.outputs,
            steps,
            x[l],
            from,
            channels(l),
            dx[l + 1],
            to,
            map.outputs,
            true,
            gradient,
            map.weight.offset(),
            map.outputs);
        if (l > 0) {
          spreadInputGradient(tape, parameters, l, from, to);
        }
      }
    }
  }

  private void reluGradient(int layer, int at, int length) {
    for (int j = at; j < at + length; j++) {
      dx[layer][j] = x[layer][j] > 0 ? dx[layer][j] : 0;
    }
  }

  /** The views of neighbouring steps overlap: their gradients are added up step by step. */
  private void spreadInputGradient(Tape tape, float[] parameters, int l, int from, int to) {
    LinearMap map = maps.get(l);
    int steps = inputs.contextLength();
    tape.product.multiply(
        false,
        true,
        steps,
        map.inputs,
        map.outputs,
        dx[l + 1],
        to,
        map.outputs,
        parameters,
        map.weight.offset(),
        map.outputs,
        false,
        view,
        0,
        map.inputs);
    for (int step = 0; step < steps; step++) {
      LinearMap.add(map.inputs, view, step * map.inputs, dx[l], from + step * channels(l));
    }
  }
}
