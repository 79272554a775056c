package io.longcast.anomaly.pattern;

import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Rows of normal behaviour at one scale of time, and how far the rows now are from the nearest of
 * them: the squared distance between two stretches of the series, each less its own mean, weighted
 * by {@code a(1 - a)^k} where they lie k rows back. With exponential weights the product of the
 * stretches that end at row j of the bank and at the present row follows from that of the rows
 * before them, {@code dot_j ← (1 - a) dot_(j-1) + a b_j z}, so that a row costs one pass over the
 * bank and no past has to be kept.
 *
 * <p>Rows are means of {@code every} values, at most a sixteenth of the window, so that long
 * periods cost less and the bank holds more of them. A bank that the learning rows do not fill
 * takes rows as they come, to be used one period later.
 */
final class NormalBank implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double PER_WINDOW = 16;
  private static final double MIN_WINDOW = 3;
  private static final int MAX_STRETCHES = PatternSample.MANY;

  /** Pieces warm up for so many windows before their rows are used. */
  private static final double WARM_WINDOWS = 3;

  private final PatternKernels kernels;
  private final int every;
  private final float gain;
  private final int lag;
  private final float[] rows;
  private final float[] means;
  private final float[] offsets;
  private final float[] dots;
  private int stretches;
  private int count;
  private int usable;
  private int fitted;
  private float endMean;
  private float endSquare;
  private final float[] waiting;
  private int blockRows;
  private double block;
  private float mean;
  private float square;
  private float distance;
  private boolean hasBegun;

  /**
   * @param scale mean age of the weights, in rows, over the period
   * @param period of the series, rows
   * @param capacity rows of the bank, a multiple of {@link PatternKernels#LANES}
   */
  NormalBank(PatternKernels kernels, double scale, int period, int capacity) {
    this.kernels = kernels;
    double window = Math.max(MIN_WINDOW, scale * period);
    every = (int) Math.max(1, Math.round(window / PER_WINDOW));
    gain = (float) (1 - Math.pow(1 - 1 / window, every));
    lag = Math.max(1, period / every);
    rows = new float[capacity];
    means = new float[capacity];
    offsets = new float[capacity];
    Arrays.fill(offsets, PatternKernels.FAR);
    dots = new float[capacity + 1];
    waiting = new float[lag + 1];
  }

  /** Values that a row is the mean of. */
  int every() {
    return every;
  }

  /** Values after which nothing is left of what came before. */
  int memory() {
    return (int) Math.ceil(2 * WARM_WINDOWS / gain) * every;
  }

  /**
   * Takes rows of a sample: all of them where they fit, or pieces of equal length spread over it.
   *
   * @param pieces {@link PatternSample#FEW} or {@link PatternSample#MANY}
   */
  void learn(PatternSample sample, PatternUnits units, int pieces) {
    if (sample.isCut((long) rows.length * every)) {
      stretches = pieces;
      fitted = rows.length / pieces;
      for (int p = 0; p < pieces; p++) {
        take(sample.piece(units, p, pieces, fitted * every), p * fitted);
      }
    } else {
      float[] all = sample.tail(units, rows.length * every);
      stretches = 1;
      fitted = all.length / every;
      take(all, 0);
    }
    count = stretches * fitted;
    usable = count;
    describe();
  }

  /** The means of whole blocks, the last of which ends with the values. */
  private void take(float[] values, int to) {
    int first = values.length % every;
    for (int i = 0; i < fitted; i++) {
      double sum = 0;
      for (int k = 0; k < every; k++) {
        sum += values[first + i * every + k];
      }
      rows[to + i] = (float) (sum / every);
    }
  }

  /** Leaves out what was learned from the last quarter of the rows, or takes it in again. */
  void useLastQuarter(boolean isUsed) {
    int end = stretches == 1 ? count * 3 / 4 : stretches * 3 / 4 * fitted;
    usable = isUsed ? count : end;
    describe();
  }

  /** The next value is the first of a block. */
  void beginBlock() {
    blockRows = 0;
    block = 0;
  }

  /** Means and variances of the rows, piece by piece; rows that joined follow the last. */
  private void describe() {
    int warm = Math.min((int) (WARM_WINDOWS / gain), fitted / 3);
    for (int j = 0; j < count; j++) {
      float row = rows[j];
      int place = Math.min(j / Math.max(1, fitted), stretches - 1) * fitted;
      boolean begins = j == place;
      endMean = begins ? row : endMean + gain * (row - endMean);
      endSquare = begins ? row * row : endSquare + gain * (row * row - endSquare);
      describe(j, j - place >= warm);
    }
  }

  private void describe(int row, boolean isWarm) {
    means[row] = endMean;
    float variance = Math.max(0, endSquare - endMean * endMean);
    offsets[row] = isWarm && row < usable ? variance : PatternKernels.FAR;
    waiting[row % waiting.length] = variance;
  }

  /**
   * Takes the next value.
   *
   * @param grows whether rows may join the bank
   * @return distance of the last whole row to the nearest one of the bank, at least 0
   */
  float next(float value, boolean grows) {
    block += value;
    if (++blockRows < every) {
      return distance;
    }
    float row = (float) (block / every);
    block = 0;
    blockRows = 0;
    mean = hasBegun ? mean + gain * (row - mean) : row;
    square = hasBegun ? square + gain * (row * row - square) : row * row;
    hasBegun = true;
    float least =
        kernels.advance(
            dots,
            rows,
            offsets,
            means,
            PatternKernels.padded(count),
            1 - gain,
            gain * row,
            2 * mean);
    float variance = Math.max(0, square - mean * mean);
    distance = (float) Math.sqrt(Math.max(0, least + variance));
    if (grows && stretches == 1 && count < rows.length) {
      join(row);
    }
    return distance;
  }

  /** The row goes on behind the last one of the bank; it may be a neighbour a period later. */
  private void join(float row) {
    endMean += gain * (row - endMean);
    endSquare += gain * (row * row - endSquare);
    rows[count] = row;
    describe(count, true);
    dots[count + 1] = square;
    count++;
    if (count - usable > lag) {
      offsets[usable] = waiting[usable % waiting.length];
      usable++;
    }
  }

  /** The state, for saving and restoring: of a bank of the same scale, period and capacity. */
  void fields(StateFields fields) {
    stretches = fields.count(stretches, MAX_STRETCHES);
    fitted = fields.count(fitted, rows.length);
    count = fields.count(count, rows.length);
    usable = fields.count(usable, count);
    for (int j = 0; j < count; j++) {
      rows[j] = fields.single(rows[j]);
      dots[j + 1] = fields.single(dots[j + 1]);
    }
    describe();
    blockRows = fields.count(blockRows, every - 1);
    block = fields.real(block);
    mean = fields.single(mean);
    square = fields.single(square);
    distance = fields.single(distance);
    hasBegun = fields.flag(hasBegun);
  }
}
