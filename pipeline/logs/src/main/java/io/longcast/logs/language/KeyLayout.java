package io.longcast.logs.language;

import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.List;
import java.util.Random;

/**
 * Where the parameters lie: embedding {@code [keys + 1][embedding]} (none with one-hot; the last
 * row is the start), the stack, output weights {@code [hidden][classes]}, output bias {@code
 * [classes]}. Classes are the keys and then the end.
 */
final class KeyLayout {
  final int keys;
  final int classes;

  /** Numbers a key becomes. */
  final int width;

  /** Numbers a step. */
  final int features;

  final boolean embedded;
  final List<CellSpec> cells;
  final int stackAt;
  final int weightAt;
  final int biasAt;
  final int length;
  private final int hidden;
  private final int memory;

  KeyLayout(KeyModelSpec spec, int keys) {
    this.keys = keys;
    classes = keys + 1;
    hidden = spec.hidden();
    memory = spec.memory();
    embedded = spec.input() == Input.EMBEDDING;
    width = embedded ? spec.embedding() : keys + 1;
    features = width + (spec.runningCounts() ? keys : 0);
    cells = RecurrentStack.uniform(CellSpec.of(spec.cell(), features, hidden), spec.layers());
    stackAt = embedded ? (keys + 1) * width : 0;
    weightAt = stackAt + RecurrentStack.parameters(cells);
    biasAt = weightAt + hidden * classes;
    length = biasAt + classes;
  }

  /** The start token. */
  int start() {
    return keys;
  }

  /** The class of the end. */
  int end() {
    return keys;
  }

  /** Embedding standard normal, all else uniform in ±1/√hidden. */
  void initialize(float[] parameters, long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + 0x10C5);
    for (int i = 0; i < stackAt; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    float bound = (float) (1 / Math.sqrt(hidden));
    for (int i = stackAt; i < length; i++) {
      parameters[i] = (2 * random.nextFloat() - 1) * bound;
    }
    if (memory > 1) {
      rememberLong(parameters, random);
    }
  }

  /** Biases such that a unit forgets after 1 to {@code memory} steps. */
  private void rememberLong(float[] parameters, Random random) {
    int at = stackAt;
    for (CellSpec cell : cells) {
      for (int j = 0; j < hidden; j++) {
        float bias = (float) Math.log(1 + random.nextDouble() * (memory - 1));
        switch (cell.kind()) {
          case LSTM -> {
            parameters[at + cell.biasAt() + hidden + j] = bias;
            parameters[at + cell.biasAt() + 3 * hidden + j] = -bias;
          }
          case GRU -> parameters[at + cell.biasAt() + hidden + j] = bias;
          case RNN -> {}
        }
      }
      at += cell.parameters();
    }
  }
}
