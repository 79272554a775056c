package io.longcast.anomaly;

import io.longcast.anomaly.pattern.PatternScorer;
import io.longcast.anomaly.score.ComponentScores;
import io.longcast.anomaly.score.OwnScale;
import io.longcast.state.StateFields;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The combined score of one series, streaming: each row moves the parts on and gives the surprisal
 * of each channel, {@code -ln} of the probability that a normal value of this channel is as unusual
 * in any of the parts, in units of what is usual for this channel of this series. A distance of all
 * channels together counts for the channel with the largest share in it. Constant state,
 * serializable, and restores to the bit.
 */
final class SeriesScorer implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double FLOOR = .1;
  private static final double MEMORY = 1.0 / 500;

  /** Rows whose settled scores may be open. */
  private static final int KEPT = PatternScorer.MAX_SETTLE_ROWS + 1;

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
  private final double[] patterns;
  private final double[] settled;
  private final int[] settledRows;

  /** Surprisals of all but the patterns at the last rows, by channel and row. */
  private final float[] others;

  private final OwnScale[] scales;
  private long rows;

  SeriesScorer(ComponentScores parts, int channels) {
    this.parts = parts;
    meanOff = new double[channels];
    residuals = new long[channels];
    spreads = new double[channels];
    surprisals = new double[channels];
    leading = new int[channels];
    shares = new double[channels];
    patterns = new double[channels];
    settled = new double[channels];
    settledRows = new int[channels];
    others = new float[channels * KEPT];
    scales = new OwnScale[channels];
    Arrays.setAll(scales, channel -> new OwnScale());
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
      surprisal(tables, values);
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

  private void surprisal(ScoreTables tables, double[] values) {
    Arrays.fill(surprisals, 0);
    Arrays.fill(patterns, 0);
    Arrays.fill(settledRows, 0);
    int at = (int) (rows % KEPT);
    for (int c = 0; c < surprisals.length; c++) {
      others[c * KEPT + at] = 0;
    }
    for (int i = 0; i < parts.size(); i++) {
      take(i, tables.parts()[i], at);
    }
    settle(tables);
    for (int c = 0; c < surprisals.length && tables.channels().length > 0; c++) {
      double ofFleet = tables.channels()[c].of(surprisals[c]);
      // How long a value is missing does not depend on the noise of its channel.
      surprisals[c] = Double.isNaN(values[c]) ? ofFleet : scales[c].next(ofFleet);
    }
    rows++;
  }

  private void take(int index, SurprisalTable table, int at) {
    double surprisal = table.of(parts.score(index));
    int channel = parts.channel(index);
    if (channel < 0 && surprisal > 0) {
      channel = largestShare(index);
    }
    if (channel < 0) {
      return;
    }
    if (surprisal > surprisals[channel]) {
      surprisals[channel] = surprisal;
      leading[channel] = index;
    }
    if (parts.settledRows(index) > 0) {
      settledRows[channel] = parts.settledRows(index);
      patterns[channel] = table.of(parts.settled(index));
    } else {
      int place = channel * KEPT + at;
      others[place] = Math.max(others[place], (float) surprisal);
    }
  }

  /** The settled score of a pattern together with what the other parts said of the same row. */
  private void settle(ScoreTables tables) {
    for (int c = 0; c < settled.length; c++) {
      int at = (int) Math.floorMod(rows - settledRows[c], (long) KEPT);
      settled[c] = ofChannel(tables, c, Math.max(patterns[c], others[c * KEPT + at]));
    }
  }

  private double ofChannel(ScoreTables tables, int channel, double surprisal) {
    return tables.channels().length > 0
        ? scales[channel].of(tables.channels()[channel].of(surprisal))
        : surprisal;
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

  /**
   * Rows between the last one and the one that {@link #settled} is of; 0 where the detector has no
   * part whose scores settle.
   */
  int settledRows(int channel) {
    return settledRows[channel];
  }

  /** Surprisal of a channel at an earlier row, by the rows around it. */
  double settled(int channel) {
    return settled[channel];
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
    fields.counts(settledRows, KEPT - 1);
    fields.reals(settled);
    fields.singles(others);
    for (OwnScale scale : scales) {
      scale.fields(fields);
    }
    rows = fields.number(rows);
  }
}
