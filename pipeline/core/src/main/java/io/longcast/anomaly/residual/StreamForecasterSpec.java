package io.longcast.anomaly.residual;

import java.io.Serializable;

/**
 * A small LSTM along one series.
 *
 * @param targets channels forecast, the first ones of a row; the others are inputs only; at least 1
 * @param hidden units, at least 1
 * @param steps updates on the learning rows, at least 1
 * @param windowRows rows of a training window, above {@code burnInRows}
 * @param burnInRows first rows of a window outside the loss, at least 0
 * @param batchSize windows an update, at least 1
 * @param rate peak of Adam's rate, which falls to a tenth along a cosine, above 0
 * @param refreshEvery rows between refreshes, 0 for none
 * @param refreshSteps updates of a refresh, at least 1
 * @param memory rows that training and refreshes look back, at least windowRows + 1
 * @param seed of weights and windows
 */
public record StreamForecasterSpec(
    int targets,
    int hidden,
    int steps,
    int windowRows,
    int burnInRows,
    int batchSize,
    double rate,
    int refreshEvery,
    int refreshSteps,
    int memory,
    long seed)
    implements Serializable {

  public StreamForecasterSpec {
    atLeast(1, targets, "targets");
    atLeast(1, hidden, "hidden");
    atLeast(1, steps, "steps");
    atLeast(0, burnInRows, "burnInRows");
    atLeast(burnInRows + 1, windowRows, "windowRows");
    atLeast(1, batchSize, "batchSize");
    atLeast(0, refreshEvery, "refreshEvery");
    atLeast(1, refreshSteps, "refreshSteps");
    atLeast(windowRows + 1, memory, "memory");
    if (!(rate > 0)) {
      throw new IllegalArgumentException("rate must be > 0, found " + rate);
    }
  }

  private static void atLeast(int least, int found, String name) {
    if (found < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ", found " + found);
    }
  }
}
