package io.longcast.model.zero.network;

import io.longcast.model.network.LinearMap;
import io.longcast.model.network.ParameterLayout;
import io.longcast.model.recurrent.Backend;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes nine quantiles of each of the next 48 values from the state of a step: a mixture of
 * candidate forecasts by weights that depend on the step, plus an offset for each quantile.
 */
final class ZeroDecoder {
  private static final int BLOCK = ZeroShape.BLOCK;
  private static final int CANDIDATES = ZeroShape.CANDIDATES;
  private static final int LEVELS = ZeroShape.LEVEL_COUNT;
  private static final int OUTPUTS = LEVELS + CANDIDATES;
  private static final float CLAMP = 10;

  /** Offsets at the start: quantiles of a normal distribution of deviation 0.3. */
  private static final float[] START = {
    -0.384f, -0.252f, -0.156f, -0.075f, 0f, 0.075f, 0.156f, 0.252f, 0.384f
  };

  private final ZeroShape shape;
  private final int width;
  private final Backend backend;
  private final LayerNorm norm;
  private final LinearMap tokens;
  private final LinearMap mix;
  private final LinearMap first;
  private final LinearMap second;
  private final Gelu gelu;
  private final float[] normalized;
  private final float[] tokenValues;
  private final float[] mixValues;
  private final float[] headInputs;
  private final float[] hiddenBefore;
  private final float[] hidden;
  private final float[] outputs;
  private final float[] quantiles;
  private float[] dTokens = {};
  private float[] dHead = {};

  /**
   * @param maxPlaces most states that are decoded at once
   */
  ZeroDecoder(ZeroShape shape, int maxPlaces, Backend backend, ParameterLayout.Builder layout) {
    this.shape = shape;
    this.backend = backend;
    width = shape.headInputs();
    norm = new LayerNorm("normOut", shape.hidden(), maxPlaces, layout);
    tokens = new LinearMap("tokens", shape.hidden(), BLOCK * shape.tokens(), layout);
    mix = new LinearMap("mix", shape.hidden(), CANDIDATES, layout);
    first = new LinearMap("head1", width, shape.head(), layout);
    second = new LinearMap("head2", shape.head(), OUTPUTS, layout);
    int rows = Math.multiplyExact(maxPlaces, BLOCK);
    normalized = new float[maxPlaces * shape.hidden()];
    tokenValues = new float[rows * shape.tokens()];
    mixValues = new float[maxPlaces * CANDIDATES];
    headInputs = new float[Math.multiplyExact(rows, width)];
    hiddenBefore = new float[Math.multiplyExact(rows, shape.head())];
    hidden = new float[rows * shape.head()];
    outputs = new float[rows * OUTPUTS];
    quantiles = new float[rows * LEVELS];
    gelu = new Gelu(rows * shape.head());
  }

  void initialize(float[] parameters, SplittableRandom random) {
    norm.initialize(parameters);
    double ofState = 1 / Math.sqrt(shape.hidden());
    ZeroEncoder.uniform(parameters, tokens.weight(), ofState, random);
    ZeroEncoder.uniform(parameters, mix.weight(), 0.1 * ofState, random);
    ZeroEncoder.uniform(parameters, first.weight(), 1 / Math.sqrt(width), random);
    ZeroEncoder.uniform(parameters, second.weight(), 0.3 / Math.sqrt(shape.head()), random);
  }

  /**
   * Decodes.
   *
   * @param states {@code [places, hidden]}
   * @param rows the row of the batch of each place
   * @return {@code [places, 48, 9]} in units of the scale from the level, not yet sorted
   */
  float[] forward(ZeroBatch batch, int[] rows, int places, float[] states, float[] parameters) {
    norm.forward(places, states, parameters, normalized);
    map(tokens, places, normalized, parameters, tokenValues);
    map(mix, places, normalized, parameters, mixValues);
    for (int p = 0; p < places; p++) {
      headInputs(batch, rows[p], p);
    }
    int n = places * BLOCK;
    map(first, n, headInputs, parameters, hiddenBefore);
    gelu.forward(backend.elementwise(), n * shape.head(), hiddenBefore, hidden);
    map(second, n, hidden, parameters, outputs);
    mixtureWeights(n);
    for (int i = 0; i < n; i++) {
      float base = mixture(i);
      for (int q = 0; q < LEVELS; q++) {
        quantiles[i * LEVELS + q] = base + outputs[i * OUTPUTS + q] + START[q];
      }
    }
    return quantiles;
  }

  private void map(LinearMap map, int rows, float[] x, float[] parameters, float[] y) {
    Arrays.fill(y, 0, rows * map.outputs(), 0f);
    map.forward(backend.product(), rows, x, parameters, y);
  }

  private void headInputs(ZeroBatch batch, int row, int place) {
    int lookups = ZeroBatch.lookups(row);
    int scalars = ZeroBatch.scalars(row);
    float ofFirst = batch.inputs[scalars + 8];
    float ofSecond = batch.inputs[scalars + 9];
    for (int h = 0; h < BLOCK; h++) {
      int i = place * BLOCK + h;
      int at = i * width;
      headInputs[at] = batch.last[row];
      for (int k = 0; k < ZeroShape.LOOKUPS; k++) {
        headInputs[at + 1 + k] = batch.inputs[lookups + k * BLOCK + h];
      }
      headInputs[at + 5] = clamp(headInputs[at + 1] + ofFirst);
      headInputs[at + 6] = clamp(headInputs[at + 3] + ofSecond);
      System.arraycopy(
          tokenValues, i * shape.tokens(), headInputs, at + CANDIDATES, shape.tokens());
      int rest = at + CANDIDATES + shape.tokens();
      headInputs[rest] = (float) h / BLOCK;
      headInputs[rest + 1] = batch.inputs[scalars + 4];
      headInputs[rest + 2] = batch.inputs[scalars + 5];
    }
  }

  private static float clamp(float v) {
    return Math.max(-CLAMP, Math.min(CLAMP, v));
  }

  /** Replaces the last outputs of each row by the weights of its candidates. */
  private void mixtureWeights(int n) {
    for (int i = 0; i < n; i++) {
      int at = i * OUTPUTS + LEVELS;
      int of = i / BLOCK * CANDIDATES;
      float most = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < CANDIDATES; k++) {
        outputs[at + k] += mixValues[of + k];
        most = Math.max(most, outputs[at + k]);
      }
      for (int k = 0; k < CANDIDATES; k++) {
        outputs[at + k] -= most;
      }
      backend.elementwise().exp(outputs, at, outputs, at, CANDIDATES);
      float sum = 0;
      for (int k = 0; k < CANDIDATES; k++) {
        sum += outputs[at + k];
      }
      for (int k = 0; k < CANDIDATES; k++) {
        outputs[at + k] /= sum;
      }
    }
  }

  private float mixture(int i) {
    float base = 0;
    for (int k = 0; k < CANDIDATES; k++) {
      base += outputs[i * OUTPUTS + LEVELS + k] * headInputs[i * width + k];
    }
    return base;
  }

  /**
   * Adds the gradients of the parameters after {@link #forward}.
   *
   * @param dQuantiles {@code [places, 48, 9]}
   * @param dStates {@code [places, hidden]}, added to
   */
  void backward(
      int places, float[] dQuantiles, float[] parameters, float[] gradient, float[] dStates) {
    int n = places * BLOCK;
    float[] dMix = new float[places * CANDIDATES];
    ofOutputs(n, dQuantiles, dMix);
    float[] dHidden = zeros(n * shape.head());
    second.backward(backend.product(), n, hidden, outputs, gradient);
    second.inputGradient(backend.product(), n, outputs, parameters, dHidden);
    gelu.backward(n * shape.head(), hiddenBefore, dHidden);
    first.backward(backend.product(), n, headInputs, dHidden, gradient);
    float[] dInputs = new float[n * width];
    first.inputGradient(backend.product(), n, dHidden, parameters, dInputs);
    dTokens = dTokens.length < n * shape.tokens() ? new float[n * shape.tokens()] : dTokens;
    for (int i = 0; i < n; i++) {
      System.arraycopy(
          dInputs, i * width + CANDIDATES, dTokens, i * shape.tokens(), shape.tokens());
    }
    float[] dNormalized = new float[places * shape.hidden()];
    tokens.backward(backend.product(), places, normalized, dTokens, gradient);
    tokens.inputGradient(backend.product(), places, dTokens, parameters, dNormalized);
    mix.backward(backend.product(), places, normalized, dMix, gradient);
    mix.inputGradient(backend.product(), places, dMix, parameters, dNormalized);
    norm.backward(places, dNormalized, parameters, gradient, dStates);
  }

  private float[] zeros(int n) {
    dHead = dHead.length < n ? new float[n] : dHead;
    Arrays.fill(dHead, 0, n, 0f);
    return dHead;
  }

  /** Turns the outputs into their gradients. */
  private void ofOutputs(int n, float[] dQuantiles, float[] dMix) {
    for (int i = 0; i < n; i++) {
      int at = i * OUTPUTS;
      float base = mixture(i);
      float sum = 0;
      for (int q = 0; q < LEVELS; q++) {
        float d = dQuantiles[i * LEVELS + q];
        outputs[at + q] = d;
        sum += d;
      }
      for (int k = 0; k < CANDIDATES; k++) {
        int weight = at + LEVELS + k;
        outputs[weight] *= sum * (headInputs[i * width + k] - base);
        dMix[i / BLOCK * CANDIDATES + k] += outputs[weight];
      }
    }
  }
}
