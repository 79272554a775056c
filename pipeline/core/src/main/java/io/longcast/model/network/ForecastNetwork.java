package io.longcast.model.network;

import io.longcast.model.ClassBatch;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable.LossSum;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.network.loss.ClassLoss;
import io.longcast.model.network.loss.OutputLoss;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import io.longcast.scale.Scale;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The forecasting network: windows and a parameter vector in; losses, gradients and forecasts out.
 * Stateless but for its reused arrays, which grow to the largest batch seen.
 *
 * <p>Not thread-safe.
 */
public final class ForecastNetwork implements AutoCloseable {
  private final ModelSpec model;
  private final NetworkInputs inputs;
  private final Backend backend;
  private final ParameterLayout layout;
  private final OutputLoss loss;
  private final ForecastComponents parts;
  private final double[] quantiles;
  private Tape tape;

  /** A network on the fastest back end of this JVM. */
  public ForecastNetwork(ModelSpec model, NetworkInputs inputs) {
    this(model, inputs, Numerics.open());
  }

  /**
   * @param model a resolved spec
   * @param inputs what the windows bring
   * @param backend how to compute; closed with the network
   */
  public ForecastNetwork(ModelSpec model, NetworkInputs inputs, Backend backend) {
    if (!model.isResolved()) {
      throw new IllegalArgumentException(
          "a network needs a resolved spec (seasonalPeriod, patchLength, gate.seasons and"
              + " scaling.transform chosen), found "
              + model);
    }
    this.model = model;
    this.inputs = inputs;
    this.backend = backend;
    loss = OutputLoss.of(model.output());
    quantiles = new double[loss.levels().size()];
    ParameterLayout.Builder builder = new ParameterLayout.Builder();
    parts = new ForecastComponents(model, inputs, loss, backend, builder);
    layout = builder.build();
  }

  @Override
  public void close() {
    backend.close();
  }

  /** What decides the bits of the results. */
  public Numerics numerics() {
    return backend.numerics();
  }

  /** The named slices of the parameter vector. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The spec it was built from. */
  public ModelSpec model() {
    return model;
  }

  /** What the windows bring. */
  public NetworkInputs inputs() {
    return inputs;
  }

  /** Levels of the quantile forecasts, ascending. */
  public List<Double> quantileLevels() {
    return loss.levels();
  }

  /** Draws initial parameters. */
  public void initialize(float[] parameters, long seed) {
    Arrays.fill(parameters, 0);
    parts.initialize(parameters, new SplittableRandom(seed));
  }

  /**
   * The mean loss of a batch over its observed targets, and its gradient.
   *
   * @param gradient overwritten
   * @param settings iteration and dropout seed count, the rate does not
   */
  public double lossAndGradient(
      WindowBatch batch, float[] parameters, float[] gradient, StepSettings settings) {
    prepare(batch, true);
    tape.training = true;
    tape.dropoutSeed = settings.dropoutSeed();
    tape.iteration = settings.iteration();
    tape.stepNorms = settings.timeStepNorms() ? new double[parts.encoderSteps()] : null;
    parts.forward(tape, parameters);
    Arrays.fill(gradient, 0);
    tape.clearGradients();
    double weight = tape.outputs.totalWeight();
    if (weight == 0) {
      return 0;
    }
    double sum = loss.sum(tape.outputs, 1 / weight);
    parts.backward(tape, parameters, gradient);
    return sum / weight;
  }

  /** The norms of the last gradient at the inputs of each time step; empty if not requested. */
  double[] timeStepNorms() {
    return tape.stepNorms == null ? new double[0] : tape.stepNorms.clone();
  }

  /** The summed loss of a batch without dropout. */
  public LossSum loss(WindowBatch batch, float[] parameters) {
    prepare(batch, true);
    parts.forward(tape, parameters);
    return new LossSum(loss.sum(tape.outputs, 0), tape.outputs.totalWeight());
  }

  /** Point and quantile forecasts in raw units. */
  public void forecast(WindowBatch batch, float[] parameters, ForecastBatch into) {
    forecast(batch, List.of(parameters), into);
  }

  /**
   * The forecasts of an ensemble: the mean of its members in scaled units, so that with logarithms
   * it is their geometric mean. Quantiles are averaged level by level and then moved out by what
   * the members differ ({@link EnsembleMean}). A classifier's points are the codes of the classes
   * decided for.
   *
   * @param members parameters of each, at least one
   */
  void forecast(WindowBatch batch, List<float[]> members, ForecastBatch into) {
    if (loss instanceof ClassLoss classes) {
      ClassBatch found = new ClassBatch(batch.size(), inputs.horizon(), classes.extras());
      classify(batch, members, found);
      for (int at = 0; at < found.codes().length; at++) {
        into.point()[at] = found.codes()[at];
      }
      return;
    }
    int wanted = into.wanted();
    int levels = into.levels() == 0 ? 0 : quantiles.length;
    int count = batch.size() * wanted;
    EnsembleMean mean = new EnsembleMean(loss.levels(), count, levels, members.size());
    for (float[] member : members) {
      prepare(batch, false);
      tape.wanted = wanted;
      parts.forward(tape, member);
      for (int k = 0; k < count; k++) {
        int at = outputAt(k, wanted);
        if (levels > 0) {
          loss.quantiles(tape.outputs, at, quantiles);
        }
        mean.add(k, loss.point(tape.outputs, at), quantiles);
      }
    }
    for (int k = 0; k < count; k++) {
      int at = outputAt(k, wanted);
      Scale scale = tape.scaled.scale(k / wanted);
      into.point()[at] = scale.raw(mean.point(k));
      for (int q = 0; q < levels; q++) {
        into.quantiles()[at * levels + q] = scale.raw(mean.quantile(k, q));
      }
    }
  }

  /** What the parts of a forecast are called; none of a classifier's. */
  List<String> parts() {
    return loss instanceof ClassLoss ? List.of() : List.copyOf(parts.names());
  }

  /**
   * Point forecasts of an ensemble as each part is added, see {@link
   * io.longcast.model.ComposedForecaster}.
   */
  float[][] composition(WindowBatch batch, List<float[]> members) {
    int count = batch.size() * inputs.horizon();
    double[][] sums = new double[parts.names().size()][count];
    for (float[] member : members) {
      prepare(batch, false);
      parts.forward(
          tape,
          member,
          part -> {
            for (int at = 0; at < count; at++) {
              sums[part][at] += loss.point(tape.outputs, at) / members.size();
            }
          });
    }
    float[][] raw = new float[1 + sums.length][count];
    for (int at = 0; at < count; at++) {
      Scale scale = tape.scaled.scale(at / inputs.horizon());
      raw[0][at] = scale.raw(0);
      for (int part = 0; part < sums.length; part++) {
        raw[1 + part][at] = scale.raw(sums[part][at]);
      }
    }
    return raw;
  }

  /** Index among all outputs of the requested output {@code k}. */
  private int outputAt(int k, int wanted) {
    return k / wanted * inputs.horizon() + k % wanted;
  }

  /**
   * The classes of each step; only with cross-entropy. Probabilities are those of the natural
   * frequencies ({@link ClassOdds}); of an ensemble, those of its members are averaged.
   *
   * @param members parameters of each, at least one
   * @throws IllegalStateException if the network was built for another loss
   */
  void classify(WindowBatch batch, List<float[]> members, ClassBatch into) {
    if (!(loss instanceof ClassLoss classes)) {
      throw new IllegalStateException("no classes: the loss is " + model.output().loss());
    }
    ClassOdds odds = new ClassOdds(model.output());
    double[] mean = probabilities(batch, members, classes, odds);
    for (int at = 0; at < batch.size() * inputs.horizon(); at++) {
      into.codes()[at] = odds.decision(mean, at * into.classes());
    }
    for (int k = 0; k < mean.length; k++) {
      into.probabilities()[k] = (float) mean[k];
    }
  }

  /** The mean of the members' probabilities, {@code [size, horizon, classes]}. */
  private double[] probabilities(
      WindowBatch batch, List<float[]> members, ClassLoss classes, ClassOdds odds) {
    double[] found = new double[classes.extras()];
    int outputs = batch.size() * inputs.horizon();
    double[] mean = new double[outputs * found.length];
    for (float[] parameters : members) {
      prepare(batch, false);
      parts.forward(tape, parameters);
      for (int at = 0; at < outputs; at++) {
        classes.probabilities(tape.outputs, at, found);
        odds.divideOut(found);
        for (int k = 0; k < found.length; k++) {
          mean[at * found.length + k] += found[k] / members.size();
        }
      }
    }
    return mean;
  }

  private void prepare(WindowBatch batch, boolean withTargets) {
    requireSameShape(batch);
    if (tape == null || tape.capacity() < batch.size()) {
      tape =
          new Tape(
              batch.capacity(),
              model,
              inputs,
              loss.extras(),
              parts.shape().horizonPatches(),
              backend.product());
    }
    tape.accept(batch, withTargets);
  }

  private void requireSameShape(WindowBatch batch) {
    if (batch.contextLength() != inputs.contextLength()
        || batch.horizon() != inputs.horizon()
        || batch.pastCovariates() != inputs.pastCovariates()
        || batch.knownCovariates() != inputs.knownCovariates()
        || batch.staticCovariates() != inputs.categories().size()) {
      throw new IllegalArgumentException(
          String.format(
              "the batch does not fit the network, which expects %s; found context %d, horizon %d,"
                  + " past %d, known %d, statics %d",
              inputs,
              batch.contextLength(),
              batch.horizon(),
              batch.pastCovariates(),
              batch.knownCovariates(),
              batch.staticCovariates()));
    }
  }
}
