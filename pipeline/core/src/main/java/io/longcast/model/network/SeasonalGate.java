package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The seasonal gate: the state weighs the newest seasons of the context, with weights of its own
 * for each season of the horizon. Target step t takes {@code sum over k of g[t / m, k] * z[season
 * k, t mod m]}, with {@code g} linear in the state and zero at the start.
 */
final class SeasonalGate implements ForecastComponent {
  private final int contextLength;
  private final int horizon;
  private final int period;
  private final int seasons;
  private final int blocks;
  private final LinearMap map;
  private final StateView view;
  private float[] weights = new float[0];
  private float[] dWeights = new float[0];

  SeasonalGate(ModelSpec model, NetworkInputs inputs, ParameterLayout.Builder layout) {
    contextLength = inputs.contextLength();
    horizon = inputs.horizon();
    period = Math.min(model.seasonalPeriod(), contextLength);
    seasons = Math.min(model.gate().seasons(), contextLength / period);
    blocks = (horizon + period - 1) / period;
    view = new StateView(model.dropout(), model.hiddenSize(), 1);
    map = new LinearMap("gate", model.hiddenSize(), blocks * seasons, layout);
  }

  @Override
  public void initialize(float[] parameters, RandomGenerator random) {}

  @Override
  public void forward(Tape tape, float[] parameters) {
    if (weights.length < tape.capacity() * map.outputs) {
      weights = new float[tape.capacity() * map.outputs];
      dWeights = new float[weights.length];
    }
    Arrays.fill(weights, 0, tape.size * map.outputs, 0);
    map.forward(tape.product, tape.size, view.state(tape), parameters, weights);
    for (int i = 0; i < tape.size; i++) {
      for (int d = 0; d * period < tape.wanted; d++) {
        weigh(tape, i, d);
      }
    }
  }

  private int seasonAt(int window, int k) {
    return (window + 1) * contextLength - (seasons - k) * period;
  }

  private int steps(Tape tape, int block) {
    return Math.min(period, tape.wanted - block * period);
  }

  private void weigh(Tape tape, int window, int block) {
    float[] z = tape.scaled.context;
    int to = window * horizon + block * period;
    for (int k = 0; k < seasons; k++) {
      float g = weights[(window * blocks + block) * seasons + k];
      int from = seasonAt(window, k);
      for (int j = 0; j < steps(tape, block); j++) {
        tape.point[to + j] += g * z[from + j];
      }
    }
  }

  @Override
  public void backward(Tape tape, float[] parameters, float[] gradient) {
    for (int i = 0; i < tape.size; i++) {
      for (int d = 0; d < blocks; d++) {
        weightGradient(tape, i, d);
      }
    }
    map.backward(tape.product, tape.size, view.last(tape), dWeights, gradient);
    map.inputGradient(tape.product, tape.size, dWeights, parameters, view.gradient(tape));
    view.passBack(tape);
  }

  private void weightGradient(Tape tape, int window, int block) {
    float[] z = tape.scaled.context;
    int from = window * horizon + block * period;
    for (int k = 0; k < seasons; k++) {
      int at = seasonAt(window, k);
      float sum = 0;
      for (int j = 0; j < steps(tape, block); j++) {
        sum += tape.dPoint[from + j] * z[at + j];
      }
      dWeights[(window * blocks + block) * seasons + k] = sum;
    }
  }
}
