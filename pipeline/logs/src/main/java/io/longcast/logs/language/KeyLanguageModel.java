package io.longcast.logs.language;

import io.longcast.model.Trainable.LossSum;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A trained language model of keys. */
public final class KeyLanguageModel implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BATCH = 64;

  private final KeyModelSpec spec;
  private final int keys;
  private final float[] parameters;

  public KeyLanguageModel(KeyModelSpec spec, int keys, float[] parameters) {
    this.spec = spec;
    this.keys = keys;
    this.parameters = parameters.clone();
    int expected = new KeyLayout(spec, keys).length;
    if (parameters.length != expected) {
      throw new IllegalArgumentException(
          "the language model has " + expected + " parameters, found " + parameters.length);
    }
  }

  /** The flat parameters. */
  public float[] parameters() {
    return parameters.clone();
  }

  /** The network. */
  public KeyModelSpec spec() {
    return spec;
  }

  /** Size of the vocabulary; the class of the end has this number. */
  public int keys() {
    return keys;
  }

  /**
   * Probabilities at each step of each session, the end's last.
   *
   * @return for each session {@code [length + 1][keys + 1]}
   */
  public List<float[][]> probabilities(List<int[]> sessions) {
    float[][][] all = new float[sessions.size()][][];
    List<Integer> byLength =
        IntStream.range(0, all.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> sessions.get(i).length))
            .toList();
    try (Backend backend = Numerics.open()) {
      KeyNetwork network =
          new KeyNetwork(spec, keys, Math.min(BATCH, Math.max(1, all.length)), backend);
      for (int from = 0; from < all.length; from += BATCH) {
        predict(network, sessions, byLength.subList(from, Math.min(all.length, from + BATCH)), all);
      }
    }
    return List.of(all);
  }

  private void predict(
      KeyNetwork network, List<int[]> sessions, List<Integer> part, float[][][] all) {
    int[][] batch = part.stream().map(sessions::get).toArray(int[][]::new);
    for (int i : part) {
      all[i] = new float[sessions.get(i).length + 1][];
    }
    float[] from = network.probabilities();
    network.predict(
        KeyBatch.of(batch),
        parameters,
        (session, step, at) ->
            all[part.get(session)][step] = Arrays.copyOfRange(from, at, at + keys + 1));
  }

  /** exp of the mean loss a key, the end included: 1 where every key is foreseen. */
  public double perplexity(List<int[]> sessions) {
    try (Backend backend = Numerics.open()) {
      KeyNetwork network = new KeyNetwork(spec, keys, BATCH, backend);
      LossSum sum = new LossSum(0, 0);
      for (int from = 0; from < sessions.size(); from += BATCH) {
        int[][] batch =
            sessions.subList(from, Math.min(sessions.size(), from + BATCH)).toArray(int[][]::new);
        sum = sum.plus(network.loss(KeyBatch.of(batch), parameters));
      }
      return Math.exp(sum.mean());
    }
  }

  /**
   * Generates a session key by key until the end token.
   *
   * @param temperature 0: always the most probable key; 1: as learned; above: more varied
   * @param longest maximum number of keys
   */
  public int[] sample(double temperature, int longest, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] session = new int[longest];
    int length = 0;
    try (KeyWalk walk = new KeyWalk(this)) {
      KeyWalk.State state = walk.start();
      while (length < longest) {
        int next = draw(state.probabilities(), temperature, random);
        if (next == keys) {
          break;
        }
        session[length++] = next;
        walk.add(state, next);
      }
    }
    return Arrays.copyOf(session, length);
  }

  private static int draw(float[] probabilities, double temperature, SplittableRandom random) {
    double[] weight = new double[probabilities.length];
    int best = 0;
    for (int c = 0; c < weight.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
      weight[c] = temperature == 0 ? 0 : StrictMath.pow(probabilities[c], 1 / temperature);
    }
    if (temperature == 0) {
      return best;
    }
    double at = random.nextDouble() * Arrays.stream(weight).sum();
    for (int c = 0; c < weight.length; c++) {
      at -= weight[c];
      if (at < 0) {
        return c;
      }
    }
    return best;
  }
}
