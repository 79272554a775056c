package io.longcast.model.recurrent;

/** Which rows skip which steps of the present batch. */
final class StepMasks {
  private final int maxRows;
  private final int maxSteps;
  private boolean[][] skipped;
  private boolean any;

  StepMasks(int maxRows, int maxSteps) {
    this.maxRows = maxRows;
    this.maxSteps = maxSteps;
  }

  void clear() {
    any = false;
  }

  /**
   * @param mask {@code [time][batch]}: 0 for a step to skip
   * @param rows padded batch
   */
  void set(float[] mask, int at, int steps, int batch, int rows) {
    if (skipped == null) {
      skipped = new boolean[maxSteps][maxRows];
    }
    any = false;
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < rows; r++) {
        skipped[t][r] = r < batch && mask[at + t * batch + r] == 0f;
        any |= skipped[t][r];
      }
    }
  }

  /** The rows that skip a step, or null where no row skips any. */
  boolean[] of(int t) {
    return any ? skipped[t] : null;
  }

  boolean skips(int t, int r) {
    return any && skipped[t][r];
  }
}
