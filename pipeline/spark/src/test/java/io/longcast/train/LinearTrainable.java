package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.window.WindowBatch;
import java.util.Random;

/** A linear forecaster with squared loss and Adam: small, but trained for real. */
final class LinearTrainable implements Trainable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  private final int context;
  private final int horizon;
  private final double clip;
  private final float[] weights;
  private final float[] moments;
  private final double[] gradient;
  private boolean closed;

  LinearTrainable(int context, int horizon, double clip) {
    this.context = context;
    this.horizon = horizon;
    this.clip = clip;
    weights = new float[horizon * (context + 1)];
    moments = new float[2 * weights.length];
    gradient = new double[weights.length];
  }

  @Override
  public int parameterCount() {
    return weights.length;
  }

  @Override
  public int updaterStateCount() {
    return moments.length;
  }

  @Override
  public void initialize(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.1 * random.nextGaussian());
    }
  }

  @Override
  public void load(float[] parameters, float[] updaterState) {
    System.arraycopy(parameters, 0, weights, 0, weights.length);
    if (updaterState == null) {
      java.util.Arrays.fill(moments, 0f);
    } else {
      System.arraycopy(updaterState, 0, moments, 0, moments.length);
    }
  }

  @Override
  public void store(float[] parameters, float[] updaterState) {
    System.arraycopy(weights, 0, parameters, 0, weights.length);
    if (updaterState != null) {
      System.arraycopy(moments, 0, updaterState, 0, moments.length);
    }
  }

  @Override
  public StepReport step(WindowBatch batch, StepSettings settings) {
    if (closed) {
      throw new IllegalStateException("used after close");
    }
    java.util.Arrays.fill(gradient, 0);
    LossSum loss = pass(batch, true);
    double norm = 0;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= Math.max(1, loss.weight());
      norm += gradient[i] * gradient[i];
    }
    norm = Math.sqrt(norm);
    boolean clipped = clip > 0 && norm > clip;
    adam(settings, clipped ? clip / norm : 1);
    return new StepReport(loss.sum() / Math.max(1, loss.weight()), norm, clipped, batch.size());
  }

  private void adam(StepSettings settings, double scale) {
    double correction1 = 1 - StrictMath.pow(BETA1, settings.iteration() + 1.0);
    double correction2 = 1 - StrictMath.pow(BETA2, settings.iteration() + 1.0);
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i] * scale;
      double first = BETA1 * moments[2 * i] + (1 - BETA1) * g;
      double second = BETA2 * moments[2 * i + 1] + (1 - BETA2) * g * g;
      moments[2 * i] = (float) first;
      moments[2 * i + 1] = (float) second;
      double step = first / correction1 / (Math.sqrt(second / correction2) + 1e-7);
      weights[i] = (float) (weights[i] - settings.learningRate() * step);
    }
  }

  @Override
  public LossSum loss(WindowBatch batch) {
    return pass(batch, false);
  }

  private LossSum pass(WindowBatch batch, boolean backward) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < batch.size(); i++) {
      for (int t = 0; t < horizon; t++) {
        int w = t * (context + 1);
        double output = weights[w + context];
        for (int c = 0; c < context; c++) {
          output += weights[w + c] * batch.context()[i * context + c];
        }
        double observed = batch.targetObserved()[i * horizon + t];
        double error = observed * (output - batch.target()[i * horizon + t]);
        sum += error * error;
        weight += observed;
        for (int c = 0; backward && c < context; c++) {
          gradient[w + c] += 2 * error * batch.context()[i * context + c];
        }
        gradient[w + context] += backward ? 2 * error : 0;
      }
    }
    return new LossSum(sum, weight);
  }

  @Override
  public void close() {
    closed = true;
  }
}
