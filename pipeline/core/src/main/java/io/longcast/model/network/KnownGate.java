package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The state weighs the known covariates of each target step: {@code point[t] += sum over k of w[k]
 * * known[k, t]}, with {@code w} linear in the state and zero at the start. Its bias is a linear
 * regression on the covariates.
 */
final class KnownGate implements ForecastComponent {
  private final NetworkInputs inputs;
  private final LinearMap map;
  private final StateView view;
  private float[] weights = new float[0];
  private float[] dWeights = new float[0];

  KnownGate(ModelSpec model, NetworkInputs inputs, ParameterLayout.Builder layout) {
    this.inputs = inputs;
    view = new StateView(model.dropout(), model.hiddenSize(), 2);
    map = new LinearMap("known", model.hiddenSize(), inputs.knownCovariates(), layout);
  }

  @Override
  public void initialize(float[] parameters, RandomGenerator random) {}

  private int knownAt(int row) {
    return row * (inputs.contextLength() + inputs.horizon()) + inputs.contextLength();
  }

  @Override
  public void forward(Tape tape, float[] parameters) {
    if (weights.length < tape.capacity() * map.outputs) {
      weights = new float[tape.capacity() * map.outputs];
      dWeights = new float[weights.length];
    }
    Arrays.fill(weights, 0, tape.size * map.outputs, 0);
    map.forward(tape.product, tape.size, view.state(tape), parameters, weights);
    int horizon = inputs.horizon();
    for (int row = 0; row < tape.size * map.outputs; row++) {
      int to = row / map.outputs * horizon;
      int from = knownAt(row);
      for (int t = 0; t < tape.wanted; t++) {
        tape.point[to + t] += weights[row] * tape.scaled.known[from + t];
      }
    }
  }

  @Override
  public void backward(Tape tape, float[] parameters, float[] gradient) {
    int horizon = inputs.horizon();
    for (int row = 0; row < tape.size * map.outputs; row++) {
      int from = row / map.outputs * horizon;
      int at = knownAt(row);
      float sum = 0;
      for (int t = 0; t < horizon; t++) {
        sum += tape.dPoint[from + t] * tape.scaled.known[at + t];
      }
      dWeights[row] = sum;
    }
    map.backward(tape.product, tape.size, view.last(tape), dWeights, gradient);
    map.inputGradient(tape.product, tape.size, dWeights, parameters, view.gradient(tape));
    view.passBack(tape);
  }
}
