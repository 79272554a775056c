package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import java.util.Arrays;

/**
 * The numbers of one recurrent step: the patch's values (or the convolution's channels), the share
 * of them that was not observed, covariates (the value of a single step; last value and mean of a
 * longer patch), the window's statistics, static categories.
 */
final class StepInputs {
  private final NetworkInputs inputs;
  private final int patch;
  private final int channels;
  private final int pasts;
  private final int firstStep;
  private final int perCovariate;
  private final boolean statistics;
  private final StaticInputs statics;
  private final ConvolutionFront front;

  /**
   * @param patch steps a patch
   * @param patches patches of the context that are read, the newest
   * @param pasts past covariates that are read
   * @param front the convolution, or null to read values
   */
  StepInputs(
      ModelSpec model,
      NetworkInputs inputs,
      int patch,
      int patches,
      int pasts,
      StaticInputs statics,
      ConvolutionFront front) {
    this.inputs = inputs;
    this.patch = patch;
    this.pasts = pasts;
    this.statics = statics;
    this.front = front;
    channels = front == null ? 1 : front.channels();
    firstStep = inputs.contextLength() - patches * patch;
    perCovariate = patch == 1 ? 1 : 2;
    statistics = model.scaling().statistics();
  }

  int width() {
    return patch * channels
        + 1
        + perCovariate * (pasts + inputs.knownCovariates())
        + (statistics ? 2 : 0)
        + statics.width();
  }

  /** Writes patch {@code t} of a window's context. */
  void context(Tape tape, float[] parameters, int t, int window, float[] to, int at) {
    int step = firstStep + t * patch;
    if (front == null) {
      int from = window * inputs.contextLength() + step;
      System.arraycopy(tape.scaled.context, from, to, at, patch);
    } else {
      System.arraycopy(front.output(), front.at(window, step), to, at, patch * channels);
    }
    int place = at + patch * channels;
    to[place] = unobserved(tape, window, step);
    rest(tape, parameters, step, patch, window, to, place + 1);
  }

  /**
   * Writes patch {@code d} of the horizon, whose values are given or zero.
   *
   * @param values the patch's values, or null
   */
  void horizon(
      Tape tape,
      float[] parameters,
      int d,
      int window,
      float[] values,
      int valuesAt,
      float[] to,
      int at) {
    int place = at + patch * channels;
    if (values == null) {
      Arrays.fill(to, at, place, 0);
      to[place] = 1;
    } else {
      System.arraycopy(values, valuesAt, to, at, patch);
      to[place] = 0;
    }
    int step = inputs.contextLength() + d * patch;
    int length = Math.min(patch, inputs.contextLength() + inputs.horizon() - step);
    rest(tape, parameters, step, length, window, to, place + 1);
  }

  private float unobserved(Tape tape, int window, int step) {
    if (tape.scaled.isComplete(window)) {
      return 0;
    }
    int from = window * inputs.contextLength() + step;
    int missing = 0;
    for (int j = 0; j < patch; j++) {
      missing += tape.observed[from + j] == 0 ? 1 : 0;
    }
    return (float) missing / patch;
  }

  private void rest(
      Tape tape, float[] parameters, int step, int length, int window, float[] to, int at) {
    int place = at;
    int context = inputs.contextLength();
    for (int k = 0; k < pasts; k++) {
      if (step < context) {
        covariate(tape.scaled.past, (window * pasts + k) * context + step, length, to, place);
      } else {
        Arrays.fill(to, place, place + perCovariate, 0);
      }
      place += perCovariate;
    }
    for (int k = 0; k < inputs.knownCovariates(); k++) {
      int row = window * inputs.knownCovariates() + k;
      int from = row * (context + inputs.horizon()) + step;
      covariate(tape.scaled.known, from, length, to, place);
      place += perCovariate;
    }
    if (statistics) {
      to[place++] = tape.scaled.statistics[2 * window];
      to[place++] = tape.scaled.statistics[2 * window + 1];
    }
    statics.write(tape.statics, window * inputs.categories().size(), parameters, to, place);
  }

  private void covariate(float[] from, int at, int length, float[] to, int place) {
    to[place] = from[at + length - 1];
    if (perCovariate == 2) {
      float sum = 0;
      for (int j = 0; j < length; j++) {
        sum += from[at + j];
      }
      to[place + 1] = sum / length;
    }
  }

  /** Whether any input has a gradient to pass on. */
  boolean hasGradient() {
    return front != null || statics.hasGradient();
  }

  /** Passes on the gradient of context patch {@code t}. */
  void contextGradient(Tape tape, int t, int window, float[] dx, int at, float[] gradient) {
    if (front != null) {
      int step = firstStep + t * patch;
      LinearMap.add(patch * channels, dx, at, front.outputGradient(), front.at(window, step));
    }
    staticGradient(tape, window, dx, at, gradient);
  }

  /** Passes on the gradient of a horizon patch. */
  void staticGradient(Tape tape, int window, float[] dx, int at, float[] gradient) {
    int place = at + width() - statics.width();
    statics.gradient(tape.statics, window * inputs.categories().size(), dx, place, gradient);
  }
}
