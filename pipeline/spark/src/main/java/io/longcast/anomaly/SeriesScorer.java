package io.longcast.anomaly;

import io.longcast.anomaly.score.ComponentScores;
import io.longcast.state.StateFields;
import java.io.Serializable;

/**
 * The combined score of one series, streaming: each row moves the parts on and gives the surprisal
 * of each channel, {@code -ln} of the probability that a normal value of this channel is as unusual
 * in any of the parts. A distance of all channels together counts for the channel with the largest
 * share in it. Constant state, serializable, and restores to the bit.
 */
final class SeriesScorer implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double FLOOR = .1;
  private static final double MEMORY = 1.0 / 500;

  /** A fault does not widen what is usual: residuals are learned up to so many times their mean. */
  private static final double CLIP = 5;

  /** Residuals after which their mean is taken for sure. */
  private static final int SURE = 50;

  private final ComponentScores parts;
  private final double[] meanOff;
  private final long[] residuals;
  private final double[] spreads;
  private final double[] surprisals;
  private final int[] leading;
  private final double[] shares;

  SeriesScorer(ComponentScores parts, int channels) {
    this.parts = parts;
    meanOff = new double[channels];
    residuals = new long[channels];
    spreads = new double[channels];
    surprisals = new double[channels];
    leading = new int[channels];
    shares = new double[channels];
  }

  /**
   * Takes the next row.
   *
   * @param tables what is usual; empty parts leave the surprisals 0, empty channels leave them as
   *     the largest of the parts
   * @param micros microseconds since the epoch, or {@code RowScore.NO_TIME}
   * @param values one a channel, not a number where unobserved
   * @param expected by the forecaster, one a channel, not a number without a forecast
   * @param predicted standard deviation, one a channel
   */
  void next(
      ScoreTables tables, long micros, double[] values, double[] expected, double[] predicted) {
    for (int c = 0; c < spreads.length; c++) {
      spreads[c] = spread(c, Math.abs(values[c] - expected[c]), predicted[c]);
    }
    parts.next(micros, values, expected, spreads);
    if (tables.parts().length > 0) {
      surprisal(tables);
    }
  }

  /**
   * The predicted scale, but at least a tenth of the mean size of the channel's residuals, so that
   * a model sure of itself cannot divide by nothing and no unit enters.
   */
  private double spread(int channel, double off, double predicted) {
    if (Double.isNaN(off)) {
      return predicted;
    }
    residuals[channel]++;
    double weight = Math.max(1.0 / residuals[channel], MEMORY);
    boolean sure = residuals[channel] > SURE && meanOff[channel] > 0;
    double learned = sure ? Math.min(off, CLIP * meanOff[channel]) : off;
    meanOff[channel] += (learned - meanOff[channel]) * weight;
    return Math.max(Math.max(predicted, FLOOR * meanOff[channel]), Double.MIN_NORMAL);
  }

  private void surprisal(ScoreTables tables) {
    java.util.Arrays.fill(surprisals, 0);
    for (int i = 0; i < parts.size(); i++) {
      double surprisal = tables.parts()[i].of(parts.score(i));
      int channel = parts.channel(i);
      if (channel < 0 && surprisal > 0) {
        channel = largestShare(i);
      }
      if (channel >= 0 && surprisal > surprisals[channel]) {
        surprisals[channel] = surprisal;
        leading[channel] = i;
      }
    }
    for (int c = 0; tables.channels().length > 0 && c < surprisals.length; c++) {
      surprisals[c] = tables.channels()[c].of(surprisals[c]);
    }
  }

  private int largestShare(int index) {
    parts.shares(index, shares);
    int largest = 0;
    for (int c = 1; c < shares.length; c++) {
      largest = shares[c] > shares[largest] ? c : largest;
    }
    return largest;
  }

  /** Surprisal of a channel at the last row, at least 0. */
  double surprisal(int channel) {
    return surprisals[channel];
  }

  /** The largest over the channels. */
  double surprisal() {
    double most = 0;
    for (double surprisal : surprisals) {
      most = Math.max(most, surprisal);
    }
    return most;
  }

  /** Index of the part that gave a channel its surprisal. */
  int leading(int channel) {
    return leading[channel];
  }

  /** Mean absolute residual of a channel so far, 0 without one. */
  double usualError(int channel) {
    return meanOff[channel];
  }

  ComponentScores parts() {
    return parts;
  }

  /** The state, for saving and restoring: of a scorer of the same parts and channels. */
  void fields(StateFields fields) {
    parts.fields(fields);
    fields.reals(meanOff);
    fields.numbers(residuals);
    fields.reals(surprisals);
    fields.counts(leading, parts.size() - 1);
  }
}
