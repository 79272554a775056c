package io.longcast.report.page;

import java.util.List;

/**
 * One series as it is drawn: its newest steps one by one, and of each of the earlier intervals the
 * step with the highest score.
 *
 * @param id the series
 * @param steps steps it has
 * @param start place of the first step drawn, see {@link ReportRows}
 * @param deltas distances of the places drawn as pairs of distance and number of repeats
 * @param full place from which every step is drawn
 * @param threshold by step, as {@link Rounded#digits}
 * @param channels at most {@value #MAX_CHANNELS}, those with the highest scores first
 * @param omitted channels that are not drawn
 */
public record SeriesView(
    String id,
    long steps,
    long start,
    List<Long> deltas,
    long full,
    Packed threshold,
    List<Channel> channels,
    int omitted) {
  static final int MAX_CHANNELS = 8;

  /**
   * One channel, a number for each step drawn.
   *
   * @param name the channel
   * @param value observed
   * @param expected likewise {@code lower} and {@code upper}
   * @param score as {@link Rounded#digits}
   * @param share of the channel in the score of the step, 0..1
   */
  public record Channel(
      String name,
      Packed value,
      Packed expected,
      Packed lower,
      Packed upper,
      Packed score,
      Packed share) {}
}
