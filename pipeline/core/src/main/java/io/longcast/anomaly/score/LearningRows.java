package io.longcast.anomaly.score;

import java.io.Serializable;

/** The first rows of a series, kept until their robust scale is known. */
final class LearningRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ARRAYS = 3;

  private final int channels;
  private final long[] times;
  private final double[][] rows;
  private int count;

  LearningRows(int channels, int capacity) {
    this.channels = channels;
    times = new long[capacity];
    rows = new double[ARRAYS * capacity][];
  }

  /** What takes a row that was kept. */
  interface Taker {
    void next(long micros, double[] values, double[] expected, double[] spread);
  }

  /** Keeps a row; whether it was the last. */
  boolean add(long micros, double[] values, double[] expected, double[] spread) {
    times[count] = micros;
    rows[ARRAYS * count] = values.clone();
    rows[ARRAYS * count + 1] = expected.clone();
    rows[ARRAYS * count + 2] = spread.clone();
    count++;
    return count == times.length;
  }

  Robust[] scales() {
    Robust[] scales = new Robust[channels];
    double[] column = new double[count];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < count; i++) {
        column[i] = rows[ARRAYS * i][c];
      }
      scales[c] = Robust.of(column);
    }
    return scales;
  }

  void replay(Taker taker) {
    for (int i = 0; i < count; i++) {
      taker.next(times[i], rows[ARRAYS * i], rows[ARRAYS * i + 1], rows[ARRAYS * i + 2]);
    }
  }
}
