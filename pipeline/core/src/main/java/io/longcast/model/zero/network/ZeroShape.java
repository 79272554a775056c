package io.longcast.model.zero.network;

import java.io.Serializable;
import java.util.List;

/**
 * Sizes of the network.
 *
 * @param hidden units of each recurrent layer, 1 to 4096
 * @param layers recurrent layers, 1 to 16
 * @param tokens numbers the decoder derives from the state for each future step, 1 to 256
 * @param head hidden units of the decoder for one future step, 1 to 1024
 */
public record ZeroShape(int hidden, int layers, int tokens, int head) implements Serializable {
  /** Newest values that a step reads, and values that it forecasts. */
  public static final int BLOCK = 48;

  /** Values from step to step. */
  public static final int STEP = 16;

  /** Values of the context that the network was trained on; older ones are not read. */
  public static final int CONTEXT = 640;

  /** Levels of the quantiles. */
  public static final List<Double> LEVELS = List.of(.1, .2, .3, .4, .5, .6, .7, .8, .9);

  /** Index of the median among the levels. */
  public static final int MEDIAN = 4;

  /** Statistics a step. */
  static final int SCALARS = 17;

  /** Blocks of 48 that are looked up in the past. */
  static final int LOOKUPS = 4;

  /**
   * Forecasts that the decoder mixes: the last value, the lookups, two lookups with their trend.
   */
  static final int CANDIDATES = LOOKUPS + 3;

  /** Numbers that go in a step: values, which are observed, lookups, statistics. */
  static final int INPUTS = (2 + LOOKUPS) * BLOCK + SCALARS;

  /** Number of levels. */
  public static final int LEVEL_COUNT = 9;

  public ZeroShape {
    within("hidden", hidden, 4096);
    within("layers", layers, 16);
    within("tokens", tokens, 256);
    within("head", head, 1024);
  }

  private static void within(String what, int found, int most) {
    if (found < 1 || found > most) {
      throw new IllegalArgumentException(what + " must be in 1.." + most + ", found " + found);
    }
  }

  /** Inputs of the decoder for one future step: candidates, tokens, its place, two statistics. */
  int headInputs() {
    return CANDIDATES + tokens + 3;
  }
}
