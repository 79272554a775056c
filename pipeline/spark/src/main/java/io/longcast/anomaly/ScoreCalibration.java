package io.longcast.anomaly;

import io.longcast.anomaly.alarm.OwnStart;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.TailModel;
import java.io.Serializable;
import java.util.List;

/**
 * What is usual, as found on the calibration part of all series together; part of the bundle.
 *
 * <p>Three layers, each fitted on the one below: the score of each part becomes a tail probability;
 * a channel's surprisal is the largest {@code -ln} of these over its parts, and its own
 * distribution corrects for their number and dependence; the largest of that over the channels is
 * the surprisal of the series, whose peaks say how often a threshold would alarm.
 *
 * @param detector the parts that were calibrated
 * @param parts tails of the parts' scores, in the order of {@link
 *     io.longcast.anomaly.score.RowParts}
 * @param channels tail of the largest surprisal of a channel's parts, one a channel
 * @param peaks tail of the highest surprisal of an event, events being what exceeds a surprisal
 *     that one step in ten reaches
 * @param peaksPerStep events a step
 */
public record ScoreCalibration(
    DetectorSpec detector,
    List<TailModel> parts,
    List<TailModel> channels,
    TailModel peaks,
    double peaksPerStep)
    implements Serializable {

  private static final double NEARLY_ALL = .9;

  public ScoreCalibration {
    parts = List.copyOf(parts);
    channels = List.copyOf(channels);
  }

  /**
   * The surprisal that events reach at a rate: by the tail of the peaks (extreme-value start). A
   * rate above that of the events known starts where nine in ten of their peaks are.
   *
   * @param perStep events a step, in (0, 1]
   */
  public double threshold(double perStep) {
    if (peaks.count() == 0) {
      return -Math.log(Math.min(.5, perStep));
    }
    return peaks.threshold(Math.min(NEARLY_ALL, perStep / peaksPerStep));
  }

  /**
   * Initial threshold of a series with its own frequency of peaks, at a budget of events per step.
   */
  OwnStart ownStart(double perStep) {
    double level = threshold(1);
    return OwnStart.of(
        level,
        peaks.count() == 0 ? 0 : rate(level),
        times -> threshold(Math.min(1, perStep / times)));
  }

  /** Events a step that reach a surprisal, at most 1: the inverse of {@link #threshold}. */
  public double rate(double surprisal) {
    return peaks.count() == 0 ? 1 : Math.min(1, peaksPerStep * peaks.exceedance(surprisal));
  }
}
