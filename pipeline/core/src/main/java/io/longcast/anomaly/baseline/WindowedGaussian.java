package io.longcast.anomaly.baseline;

import io.longcast.anomaly.score.RowScore;
import io.longcast.series.NormalDistribution;
import java.util.ArrayDeque;

/**
 * One minus the normal tail probability of a value, by mean and deviation of a window of 6400 past
 * values, which grows by each row until it is full and then slides by 100 rows at a time: the
 * published rule of the Numenta benchmark's detector of this name.
 */
final class WindowedGaussian implements RowScore {
  private static final long serialVersionUID = 1L;
  private static final int WINDOW = 6400;
  private static final int SLIDE = 100;
  private static final double LEAST_DEVIATION = 1e-6;

  private final Window[] windows;

  WindowedGaussian(int channels) {
    windows = new Window[channels];
    for (int c = 0; c < channels; c++) {
      windows[c] = new Window();
    }
  }

  @Override
  public double next(long micros, double[] values) {
    double most = 0;
    for (int c = 0; c < windows.length; c++) {
      most = Math.max(most, windows[c].next(values[c]));
    }
    return most;
  }

  private static final class Window implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final ArrayDeque<Double> values = new ArrayDeque<>();
    private final ArrayDeque<Double> waiting = new ArrayDeque<>();
    private double sum;
    private double mean;
    private double deviation = 1;
    private double squares;
    private double centre;

    double next(double value) {
      if (values.isEmpty()) {
        centre = value;
      }
      double z = Math.abs(value - mean) / deviation;
      double score = values.isEmpty() ? 0 : 1 - NormalDistribution.upperTail(z);
      if (values.size() < WINDOW) {
        enter(value);
        update();
      } else {
        waiting.add(value);
        if (waiting.size() == SLIDE) {
          slide();
        }
      }
      return score;
    }

    private void slide() {
      while (!waiting.isEmpty()) {
        double old = values.remove() - centre;
        sum -= old;
        squares -= old * old;
        enter(waiting.remove());
      }
      update();
    }

    private void enter(double value) {
      values.add(value);
      sum += value - centre;
      squares += (value - centre) * (value - centre);
    }

    private void update() {
      double offset = sum / values.size();
      mean = centre + offset;
      double spread = Math.sqrt(Math.max(0, squares / values.size() - offset * offset));
      deviation = spread == 0 ? LEAST_DEVIATION : spread;
    }
  }
}
