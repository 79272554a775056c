package io.longcast.anomaly.residual;

import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.network.Adam;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One LSTM and a linear head with two numbers a target: the change o1 from the present value, and
 * the scale softplus(o2 + 0.5) + 0.02 of the error. Loss: Student's t with 4 degrees of freedom,
 * missing targets left out. Parameters are flat: the LSTM's, then {@code [2 targets][hidden]}
 * weights and {@code [2 targets]} biases, which start at 0, so that the forecast starts as the last
 * value.
 */
final class ResidualNetwork {
  private static final double FREEDOM = 4;
  private static final double SHIFT = 0.5;
  private static final double LEAST = 0.02;
  private static final Updater UPDATER = new Updater(0.9, 0.999, 1e-8, 1);

  private final StreamForecasterSpec spec;
  private final CellSpec cell;
  private final RecurrentStack training;
  private final RecurrentStack single;
  private final Adam adam = new Adam(UPDATER);
  private final float[] states;
  private final float[] stateGradients;
  private final float[] gradient;
  private final float[] inputs;
  private final float[] last;

  ResidualNetwork(StreamForecasterSpec spec, int features, Backend backend) {
    this.spec = spec;
    cell = CellSpec.of(CellKind.LSTM, features, spec.hidden());
    training = new RecurrentStack(List.of(cell), 0, spec.batchSize(), spec.windowRows(), backend);
    single = new RecurrentStack(List.of(cell), 0, 1, 1, backend);
    int cells = spec.windowRows() * spec.batchSize();
    states = new float[cells * spec.hidden()];
    stateGradients = new float[cells * spec.hidden()];
    inputs = new float[cells * features];
    gradient = new float[parameters()];
    last = new float[spec.hidden()];
  }

  int parameters() {
    return cell.parameters() + 2 * spec.targets() * (spec.hidden() + 1);
  }

  int stateSize() {
    return single.stateSize();
  }

  /** Uniform input weights after Glorot, recurrent ones of variance 1 / hidden, forget bias 1. */
  float[] initial() {
    float[] parameters = new float[parameters()];
    SplittableRandom random = new SplittableRandom(spec.seed());
    double width = Math.sqrt(6.0 / (cell.inputs() + cell.hidden()));
    for (int i = 0; i < cell.recurrentAt(); i++) {
      parameters[i] = (float) random.nextDouble(-width, width);
    }
    double deviation = Math.sqrt(1.0 / cell.hidden());
    for (int i = cell.recurrentAt(); i < cell.biasAt(); i++) {
      parameters[i] = (float) (deviation * random.nextGaussian());
    }
    Arrays.fill(parameters, cell.biasAt() + cell.hidden(), cell.biasAt() + 2 * cell.hidden(), 1f);
    return parameters;
  }

  /** Reads parameters for {@link #step}. */
  void load(float[] parameters) {
    single.load(parameters, 0);
  }

  /**
   * One row of inference.
   *
   * @param features of the row
   * @param state replaced by the state after
   * @param out o1 and the scale of each target in turn
   */
  void step(float[] parameters, float[] features, float[] state, double[] out) {
    single.step(1, features, state, last);
    for (int o = 0; o < 2 * spec.targets(); o++) {
      double sum = output(parameters, o, last, 0);
      out[o] = o % 2 == 0 ? sum : scale(sum);
    }
  }

  private double output(float[] parameters, int o, float[] hidden, int at) {
    int weights = cell.parameters() + o * spec.hidden();
    double sum = parameters[cell.parameters() + 2 * spec.targets() * spec.hidden() + o];
    for (int j = 0; j < spec.hidden(); j++) {
      sum += parameters[weights + j] * hidden[at + j];
    }
    return sum;
  }

  private static double scale(double out) {
    double x = out + SHIFT;
    return (x > 30 ? x : Math.log1p(Math.exp(x))) + LEAST;
  }

  /**
   * One update.
   *
   * @param rows where windows start in {@code memory}, one a window
   * @param state Adam's, twice the parameters
   * @return mean loss
   */
  double update(
      float[] parameters,
      float[] state,
      long iteration,
      double rate,
      RowMemory memory,
      int[] rows) {
    double loss = loss(parameters, memory, rows);
    backward();
    double factor = adam.clipFactor(Adam.norm(gradient));
    adam.update(parameters, state, gradient, factor, iteration, rate);
    return loss;
  }

  /** Mean loss of windows; leaves the gradients of the head and of the states behind. */
  double loss(float[] parameters, RowMemory memory, int[] rows) {
    int windows = rows.length;
    for (int t = 0; t < spec.windowRows(); t++) {
      for (int w = 0; w < windows; w++) {
        memory.features(rows[w] + t, inputs, (t * windows + w) * cell.inputs());
      }
    }
    training.load(parameters, 0);
    training.begin(windows, spec.windowRows());
    training.input(inputs, 0);
    training.forward();
    training.states(states, 0);
    Arrays.fill(stateGradients, 0);
    Arrays.fill(gradient, 0);
    return head(parameters, memory, rows);
  }

  /** The gradient of the mean loss of windows; not to be kept. */
  float[] gradient(float[] parameters, RowMemory memory, int[] rows) {
    loss(parameters, memory, rows);
    backward();
    return gradient;
  }

  private void backward() {
    training.gradientOfStates(stateGradients, 0);
    training.backward(gradient, 0);
  }

  private double head(float[] parameters, RowMemory memory, int[] rows) {
    int windows = rows.length;
    int judged = (spec.windowRows() - spec.burnInRows()) * windows * spec.targets();
    double loss = 0;
    for (int t = spec.burnInRows(); t < spec.windowRows(); t++) {
      for (int w = 0; w < windows; w++) {
        for (int c = 0; c < spec.targets(); c++) {
          double change = memory.change(rows[w] + t, c);
          if (!Double.isNaN(change)) {
            int at = (t * windows + w) * spec.hidden();
            loss += target(parameters, change, c, at, 1.0 / judged) / judged;
          }
        }
      }
    }
    return loss;
  }

  private double target(float[] parameters, double change, int c, int at, double weight) {
    double mean = output(parameters, 2 * c, states, at);
    double raw = output(parameters, 2 * c + 1, states, at);
    double scale = scale(raw);
    double r = (change - mean) / scale;
    double pull = (FREEDOM + 1) * r / (FREEDOM + r * r);
    double byMean = -pull / scale;
    double byScale = (1 - pull * r) / scale / (1 + Math.exp(-(raw + SHIFT)));
    give(parameters, 2 * c, at, weight * byMean);
    give(parameters, 2 * c + 1, at, weight * byScale);
    return Math.log(scale) + (FREEDOM + 1) / 2 * Math.log1p(r * r / FREEDOM);
  }

  /** The gradient of one output, to the head and to the state it came from. */
  private void give(float[] parameters, int o, int at, double by) {
    int weights = cell.parameters() + o * spec.hidden();
    for (int j = 0; j < spec.hidden(); j++) {
      gradient[weights + j] += (float) (by * states[at + j]);
      stateGradients[at + j] += (float) (by * parameters[weights + j]);
    }
    gradient[cell.parameters() + 2 * spec.targets() * spec.hidden() + o] += (float) by;
  }
}
