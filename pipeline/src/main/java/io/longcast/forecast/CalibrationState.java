package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.window.WindowBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the calibration windows say of each quantile level, as a mergeable state of fixed size: a
 * histogram of {@code (y - median) / (q - median)} for each level.
 *
 * <p>Merging is associative and commutative to the bit, because only whole counts are added.
 */
public final class CalibrationState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Ratios from 1/32 to 32 in steps of 1/64 of an octave, and everything beyond at both ends. */
  private static final int OCTAVES = 10;

  /** Standard errors that a coverage may be off by chance. */
  private static final double ERRORS = 3;

  private static final int PER_OCTAVE = 64;
  private static final int BINS = OCTAVES * PER_OCTAVE + 2;

  private final List<Double> levels;
  private final int median;
  private final long[][] bins;
  private final long[] beyond;
  private final long[] total;

  /** An empty state for these levels, which must contain .5 to be of use. */
  public CalibrationState(List<Double> levels) {
    this.levels = List.copyOf(levels);
    median = levels.indexOf(.5);
    bins = new long[levels.size()][BINS];
    beyond = new long[levels.size()];
    total = new long[levels.size()];
  }

  /** Adds all observed targets of a batch. */
  public void add(WindowBatch windows, ForecastBatch forecasts) {
    if (median < 0) {
      return;
    }
    for (int i = 0; i < windows.size(); i++) {
      for (int t = 0; t < windows.horizon(); t++) {
        int at = i * windows.horizon() + t;
        if (windows.targetObserved()[at] != 0) {
          add(windows.target()[at], forecasts, i, t);
        }
      }
    }
  }

  private void add(float value, ForecastBatch forecasts, int i, int t) {
    float middle = forecasts.quantile(i, t, median);
    for (int q = 0; q < levels.size(); q++) {
      if (q != median) {
        float quantile = forecasts.quantile(i, t, q);
        total[q]++;
        beyond[q] += levels.get(q) < .5 ? (value < quantile ? 1 : 0) : (value > quantile ? 1 : 0);
        bins[q][bin((value - middle) / (double) (quantile - middle))]++;
      }
    }
  }

  private static int bin(double ratio) {
    if (!(ratio > 0)) {
      return 0;
    }
    double octave = Math.log(ratio) / Math.log(2) + OCTAVES / 2.0;
    return (int) Math.max(0, Math.min(BINS - 1, Math.floor(octave * PER_OCTAVE) + 1));
  }

  /** Adds another state of the same levels to this one. */
  public CalibrationState merge(CalibrationState other) {
    for (int q = 0; q < bins.length; q++) {
      total[q] += other.total[q];
      beyond[q] += other.beyond[q];
      for (int b = 0; b < BINS; b++) {
        bins[q][b] += other.bins[q][b];
      }
    }
    return this;
  }

  /** Share of calibration values beyond the quantile of a level, NaN without values. */
  public double shareBeyond(double level) {
    int q = levels.indexOf(level);
    return q < 0 || total[q] == 0 ? Double.NaN : (double) beyond[q] / total[q];
  }

  /**
   * The correction. A level that is off is brought to where its coverage could be right by chance,
   * three standard errors from the level, and no further: a calibration part is one stretch of time
   * that all series share, and errs as a whole.
   *
   * @param when which levels are corrected
   * @param effective how many of the values count as independent, in (0, 1]: neighbouring steps of
   *     one window err together
   */
  public IntervalCalibration calibration(ForecastSpec.Calibrate when, double effective) {
    List<Double> factors = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int q = 0; q < levels.size(); q++) {
      factors.add(factor(q, when, effective));
      counts.add(total[q]);
    }
    return new IntervalCalibration(levels, factors, counts);
  }

  private double factor(int q, ForecastSpec.Calibrate when, double effective) {
    double tail = tail(q);
    double beyondShare = (double) beyond[q] / Math.max(1, total[q]);
    double room = ERRORS * Math.sqrt(tail * (1 - tail) / Math.max(1, total[q] * effective));
    return switch (when) {
      case OFF -> 1;
      case ALWAYS -> factor(q, tail);
      case WHERE_NEEDED ->
          Math.abs(beyondShare - tail) <= room
              ? 1
              : factor(q, beyondShare > tail ? tail + room : Math.max(0, tail - room));
    };
  }

  private double tail(int q) {
    return Math.min(levels.get(q), 1 - levels.get(q));
  }

  /** Smallest ratio that at most this share exceeds; 1 for the median and without data. */
  private double factor(int q, double share) {
    if (q == median || total[q] == 0) {
      return 1;
    }
    double allowed = share * total[q];
    long above = 0;
    for (int b = BINS - 1; b > 0; b--) {
      above += bins[q][b];
      if (above > allowed) {
        return Math.pow(2, b / (double) PER_OCTAVE - OCTAVES / 2.0);
      }
    }
    return Math.pow(2, -OCTAVES / 2.0);
  }
}
