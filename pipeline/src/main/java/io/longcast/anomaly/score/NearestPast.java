package io.longcast.anomaly.score;

/**
 * How unlike the last stretch of values is to every stretch remembered: the distance to the nearest
 * of them, root mean square. A stretch is a number of means over blocks of rows, in the compressed
 * scale; one is remembered every few rows, one stretch late, the oldest forgotten first. The
 * distance is renewed once a block. Not a forecast: a pattern that returned at any time is known.
 */
final class NearestPast implements Signal {
  private static final long serialVersionUID = 1L;

  private final int blocks;
  private final int blockRows;
  private final int every;
  private final double[] recent;
  private final double[] memory;
  private final double[][] waiting;
  private final double[] now;
  private long rows;
  private int place;
  private int sinceBlock;
  private int known;
  private int nextSlot;
  private long taken;
  private double distance;

  /**
   * @param blocks numbers of a stretch
   * @param blockRows rows averaged to a number
   * @param every rows between remembered stretches, a multiple of blockRows
   * @param capacity stretches remembered
   */
  NearestPast(int blocks, int blockRows, int every, int capacity) {
    this.blocks = blocks;
    this.blockRows = blockRows;
    this.every = every;
    recent = new double[blocks * blockRows];
    memory = new double[capacity * blocks];
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
    for (int b = 0; b < blocks; b++) {
      double sum = 0;
      for (int k = 0; k < blockRows; k++) {
        sum += recent[(int) ((rows + (long) b * blockRows + k) % recent.length)];
      }
      now[b] = sum / blockRows;
    }
  }

  private double nearest() {
    double least = known == 0 ? 0 : Double.POSITIVE_INFINITY;
    for (int at = 0; at < known * blocks; at += blocks) {
      double sum = 0;
      for (int b = 0; b < blocks && sum < least; b++) {
        double difference = now[b] - memory[at + b];
        sum += difference * difference;
      }
      least = Math.min(least, sum);
    }
    return Math.sqrt(least / blocks);
  }

  private void remember() {
    int slot = (int) (taken % waiting.length);
    if (taken >= waiting.length) {
      System.arraycopy(waiting[slot], 0, memory, nextSlot * blocks, blocks);
      known = Math.max(known, nextSlot + 1);
      nextSlot = (nextSlot + 1) % (memory.length / blocks);
    }
    System.arraycopy(now, 0, waiting[slot], 0, blocks);
    taken++;
  }
}
