package io.longcast.anomaly.score;

import io.longcast.state.StateFields;
import java.util.Arrays;

/**
 * Distance of the last subsequence of values to the nearest of those remembered, root mean square.
 * A subsequence is a number of means over blocks of rows, in the compressed scale; one is
 * remembered every few rows, with a delay of its length, the oldest discarded first. The distance
 * is updated once per block. Not a forecast: a pattern that occurred at any earlier time counts as
 * known.
 */
final class NearestPast implements Signal {
  private static final long serialVersionUID = 2L;

  private final int blocks;
  private final int blockRows;
  private final int every;
  private final double[] recent;

  /** {@code [blocks][capacity]}. */
  private final double[] memory;

  private final int capacity;
  private final double[][] waiting;
  private final double[] now;
  private long rows;
  private int place;
  private int sinceBlock;
  private int known;
  private int nextSlot;
  private long taken;
  private double distance;
  private transient double[] squares;

  /**
   * @param blocks block means of a subsequence
   * @param blockRows rows of a block
   * @param every rows between remembered subsequences, a multiple of blockRows
   * @param capacity subsequences remembered
   */
  NearestPast(int blocks, int blockRows, int every, int capacity) {
    this.blocks = blocks;
    this.blockRows = blockRows;
    this.every = every;
    recent = new double[blocks * blockRows];
    memory = new double[blocks * capacity];
    this.capacity = capacity;
    waiting = new double[Math.max(1, recent.length / every)][blocks];
    now = new double[blocks];
  }

  @Override
  public double next(Sample sample) {
    recent[place] = sample.compressed;
    place = place + 1 == recent.length ? 0 : place + 1;
    rows++;
    if (rows < recent.length) {
      return 0;
    }
    if (++sinceBlock >= blockRows && rows % blockRows == 0) {
      sinceBlock = 0;
      describe();
      distance = nearest();
      if (rows % every == 0) {
        remember();
      }
    }
    return distance;
  }

  private void describe() {
    int at = (int) (rows % recent.length);
    for (int b = 0; b < blocks; b++) {
      double sum = 0;
      for (int k = 0; k < blockRows; k++) {
        sum += recent[at];
        at = at + 1 == recent.length ? 0 : at + 1;
      }
      now[b] = sum / blockRows;
    }
  }

  /** All squares at once, block by block: simple loops, which the compiler turns into vectors. */
  private double nearest() {
    if (squares == null) {
      squares = new double[capacity];
    }
    Arrays.fill(squares, 0, known, 0);
    for (int b = 0; b < blocks; b++) {
      double own = now[b];
      for (int i = 0; i < known; i++) {
        double difference = own - memory[b * capacity + i];
        squares[i] += difference * difference;
      }
    }
    double least = known == 0 ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < known; i++) {
      least = squares[i] < least ? squares[i] : least;
    }
    return Math.sqrt(least / blocks);
  }

  private void remember() {
    int slot = (int) (taken % waiting.length);
    if (taken >= waiting.length) {
      for (int b = 0; b < blocks; b++) {
        memory[b * capacity + nextSlot] = waiting[slot][b];
      }
      known = Math.max(known, nextSlot + 1);
      nextSlot = (nextSlot + 1) % capacity;
    }
    System.arraycopy(now, 0, waiting[slot], 0, blocks);
    taken++;
  }

  /** Of the memory only what is known. */
  @Override
  public void fields(StateFields fields) {
    fields.reals(recent);
    known = fields.count(known, capacity);
    for (int b = 0; b < blocks; b++) {
      for (int i = 0; i < known; i++) {
        memory[b * capacity + i] = fields.real(memory[b * capacity + i]);
      }
    }
    for (double[] stretch : waiting) {
      fields.reals(stretch);
    }
    fields.reals(now);
    rows = fields.number(rows);
    place = fields.count(place, recent.length - 1);
    sinceBlock = fields.count(sinceBlock, blockRows);
    nextSlot = fields.count(nextSlot, capacity - 1);
    taken = fields.number(taken);
    distance = fields.real(distance);
  }
}
