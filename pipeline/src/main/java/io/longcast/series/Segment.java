package io.longcast.series;

import java.io.Serializable;

/**
 * A stretch of one series, packed: values as {@code float[rows][]}, which of them were observed,
 * and where in time they lie. The unit of training, forecasting and scoring.
 *
 * <p>Rows stand in the order of {@link SeriesLayout}: channels, past covariates, known covariates.
 * Channels and past covariates have {@link #length()} values; known covariates may go on past the
 * end. Values are never NaN: an unobserved one holds what the gap policy filled in.
 *
 * <p>A very long series is cut into segments that overlap by a context and own disjoint sets of
 * origins, {@code [originFrom, originTo)}: every window of the series occurs in exactly one
 * segment. An origin equal to {@link #length()} is the one whose target lies wholly in the future.
 *
 * <p>Immutable by convention: the arrays are not copied, because they are the bulk of the memory;
 * whoever builds a segment gives them away.
 */
public final class Segment implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String seriesId;
  private final long seriesStep;
  private final TimeAxis axis;
  private final int length;
  private final float[][] values;
  private final long[][] observed;
  private final int[] statics;
  private final int originFrom;
  private final int originTo;

  /**
   * @param seriesId the series
   * @param seriesStep steps between the start of the series and step 0 of this segment
   * @param axis where the steps lie in time
   * @param length steps of channels and past covariates
   * @param values rows in layout order
   * @param observed for each channel a bit set, {@code (length + 63) / 64} words; null: all
   *     observed
   * @param statics category codes in layout order
   * @param originFrom first origin this segment owns
   * @param originTo end of the owned origins, exclusive
   */
  public Segment(
      String seriesId,
      long seriesStep,
      TimeAxis axis,
      int length,
      float[][] values,
      long[][] observed,
      int[] statics,
      int originFrom,
      int originTo) {
    this.seriesId = seriesId;
    this.seriesStep = seriesStep;
    this.axis = axis;
    this.length = length;
    this.values = values;
    this.observed = observed;
    this.statics = statics;
    this.originFrom = originFrom;
    this.originTo = originTo;
  }

  /** The series. */
  public String seriesId() {
    return seriesId;
  }

  /** Steps between the start of the series and step 0 of this segment. */
  public long seriesStep() {
    return seriesStep;
  }

  /** Where the steps lie in time. */
  public TimeAxis axis() {
    return axis;
  }

  /** Steps of channels and past covariates. */
  public int length() {
    return length;
  }

  /** The values of one row in layout order, as they are held: do not write. */
  public float[] row(int row) {
    return values[row];
  }

  /** Number of value rows. */
  public int rows() {
    return values.length;
  }

  /** Whether the value of a channel at a step was in the data. */
  public boolean isObserved(int channel, int step) {
    return observed == null || (observed[channel][step >> 6] >>> (step & 63) & 1L) != 0;
  }

  /** The bit set of a channel, or null where everything was observed: do not write. */
  public long[] observed(int channel) {
    return observed == null ? null : observed[channel];
  }

  /** Category codes in layout order: do not write. */
  public int[] statics() {
    return statics;
  }

  /** First origin this segment owns. */
  public int originFrom() {
    return originFrom;
  }

  /** End of the owned origins, exclusive. */
  public int originTo() {
    return originTo;
  }
}
