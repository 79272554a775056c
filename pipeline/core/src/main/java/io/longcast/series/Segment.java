package io.longcast.series;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A range of steps of one series, packed: rows of {@link SeriesValues}, which of them were
 * observed, and where in time they lie. The unit of training, forecasting and scoring.
 *
 * <p>Rows are in the order of {@link SeriesLayout}: channels, past covariates, known covariates.
 * Channels and past covariates have {@link #length()} values; known covariates may go on past the
 * end. Values are never NaN: an unobserved one holds what the gap policy filled in.
 *
 * <p>A very long series is cut into segments that overlap by a context and own disjoint sets of
 * origins, {@code [originFrom, originTo)}: every window of the series occurs in exactly one
 * segment. An origin equal to {@link #length()} is the one whose target lies wholly in the future.
 *
 * <p>Immutable by convention: the arrays are not copied, because they are the bulk of the memory;
 * the caller that builds a segment must not change them afterwards.
 */
public final class Segment implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String seriesId;
  private final long seriesStep;
  private final long seriesLength;
  private final TimeAxis axis;
  private final int length;
  private final SeriesValues[] values;
  private final long[][] observed;
  private final int[] statics;
  private final int originFrom;
  private final int originTo;
  private final float weight;

  /**
   * @param seriesId the series
   * @param seriesStep steps between the start of the series and step 0 of this segment
   * @param seriesLength steps of the whole series
   * @param axis where the steps lie in time
   * @param length steps of channels and past covariates
   * @param values rows in layout order
   * @param observed for each channel a bit set, {@code (length + 63) / 64} words, or null where the
   *     channel was observed throughout; null: all observed
   * @param statics category codes in layout order
   * @param originFrom first origin this segment owns
   * @param originTo end of the owned origins, exclusive
   * @param weight how often the series is drawn relative to others when sampling is weighted, above
   *     0; 1 for an ordinary series
   */
  public Segment(
      String seriesId,
      long seriesStep,
      long seriesLength,
      TimeAxis axis,
      int length,
      SeriesValues[] values,
      long[][] observed,
      int[] statics,
      int originFrom,
      int originTo,
      float weight) {
    this.seriesId = seriesId;
    this.seriesStep = seriesStep;
    this.seriesLength = seriesLength;
    this.axis = axis;
    this.length = length;
    this.values = values;
    this.observed = observed;
    this.statics = statics;
    this.originFrom = originFrom;
    this.originTo = originTo;
    this.weight = weight;
    check();
  }

  /**
   * A whole series as one segment, which owns every origin from 0 to its length (the last one lies
   * wholly in the future).
   *
   * @param seriesId the series
   * @param axis where the steps lie in time
   * @param length steps of channels and past covariates
   * @param values rows in layout order, given away
   * @param observed for each channel a bit set or null; null: all observed
   * @param statics category codes in layout order
   */
  public static Segment whole(
      String seriesId,
      TimeAxis axis,
      int length,
      SeriesValues[] values,
      long[][] observed,
      int[] statics) {
    return new Segment(
        seriesId, 0, length, axis, length, values, observed, statics, 0, length + 1, 1f);
  }

  /** A whole series of plain floats. */
  public static Segment whole(
      String seriesId,
      TimeAxis axis,
      int length,
      float[][] values,
      long[][] observed,
      int[] statics) {
    return whole(seriesId, axis, length, SeriesValues.rows(values), observed, statics);
  }

  /** A whole series of one fully observed channel, without covariates. */
  public static Segment of(String seriesId, TimeAxis axis, float... values) {
    return whole(
        seriesId,
        axis,
        values.length,
        new SeriesValues[] {SeriesValues.of(values)},
        null,
        new int[0]);
  }

  private void check() {
    boolean inSeries = seriesStep >= 0 && seriesStep + length <= seriesLength;
    boolean origins = 0 <= originFrom && originFrom <= originTo && originTo <= length + 1;
    if (!inSeries || !origins || !(weight > 0)) {
      throw new IllegalArgumentException("not a stretch of its series: " + this);
    }
  }

  /** The same segment, drawn {@code weight} times as often as an ordinary one. */
  public Segment withWeight(float weight) {
    return new Segment(
        seriesId,
        seriesStep,
        seriesLength,
        axis,
        length,
        values,
        observed,
        statics,
        originFrom,
        originTo,
        weight);
  }

  /** The same segment with its rows changed one by one. */
  public Segment withRows(UnaryOperator<SeriesValues> change) {
    return new Segment(
        seriesId,
        seriesStep,
        seriesLength,
        axis,
        length,
        Arrays.stream(values).map(change).toArray(SeriesValues[]::new),
        observed,
        statics,
        originFrom,
        originTo,
        weight);
  }

  /**
   * The same segment without one of its channels; what follows moves up.
   *
   * @param channel whose row and observed bits are left out
   */
  public Segment withoutChannel(int channel) {
    SeriesValues[] rows = new SeriesValues[values.length - 1];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = values[row < channel ? row : row + 1];
    }
    long[][] bits = observed == null ? null : new long[observed.length - 1][];
    for (int c = 0; bits != null && c < bits.length; c++) {
      bits[c] = observed[c < channel ? c : c + 1];
    }
    return new Segment(
        seriesId,
        seriesStep,
        seriesLength,
        axis,
        length,
        rows,
        bits,
        statics,
        originFrom,
        originTo,
        weight);
  }

  /**
   * The part of this segment that lies in {@code [from, to)} and owns the origins {@code
   * [ownedFrom, ownedTo)}, all in steps of this segment. Arrays are copied, so that the whole can
   * be freed. Known covariates keep their values up to {@code knownTo}.
   */
  public Segment slice(int from, int to, int knownTo, int ownedFrom, int ownedTo) {
    SeriesValues[] parts = new SeriesValues[values.length];
    for (int r = 0; r < parts.length; r++) {
      int end = values[r].length() > length ? Math.min(knownTo, values[r].length()) : to;
      parts[r] = values[r].slice(Math.min(from, end), end);
    }
    long[][] bits = observed == null ? null : new long[observed.length][];
    for (int c = 0; bits != null && c < bits.length; c++) {
      bits[c] = Bits.slice(observed[c], from, to);
    }
    return new Segment(
        seriesId,
        seriesStep + from,
        seriesLength,
        axis.slice(from, to - from),
        to - from,
        parts,
        bits,
        statics,
        ownedFrom - from,
        ownedTo - from,
        weight);
  }

  /**
   * This segment and the next one of its series as one. Arrays are copied.
   *
   * @param next begins at the step at which this one ends
   */
  public Segment followedBy(Segment next) {
    if (!seriesId.equals(next.seriesId) || seriesStep + length != next.seriesStep) {
      throw new IllegalArgumentException(next + " does not follow on " + this);
    }
    SeriesValues[] rows = new SeriesValues[values.length];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = values[r].followedBy(length, next.values[r]);
    }
    int channels = Math.max(observedChannels(), next.observedChannels());
    long[][] bits = channels == 0 ? null : new long[channels][];
    for (int c = 0; c < channels; c++) {
      bits[c] = Bits.join(observed(c), length, next.observed(c), next.length);
    }
    return new Segment(
        seriesId,
        seriesStep,
        seriesLength,
        axis.followedBy(length, next.axis),
        length + next.length,
        rows,
        bits,
        statics,
        originFrom,
        length + next.originTo,
        weight);
  }

  /** The series. */
  public String seriesId() {
    return seriesId;
  }

  /** Steps between the start of the series and step 0 of this segment. */
  public long seriesStep() {
    return seriesStep;
  }

  /** Number of steps of the whole series of this segment. */
  public long seriesLength() {
    return seriesLength;
  }

  /** Where the steps lie in time. */
  public TimeAxis axis() {
    return axis;
  }

  /** Steps of channels and past covariates. */
  public int length() {
    return length;
  }

  /** The values of one row in layout order. */
  public SeriesValues row(int row) {
    return values[row];
  }

  /** Number of value rows. */
  public int rows() {
    return values.length;
  }

  /** Whether the value of a channel at a step was in the data. */
  public boolean isObserved(int channel, int step) {
    long[] bits = observed(channel);
    return bits == null || (bits[step >> 6] >>> (step & 63) & 1L) != 0;
  }

  /** The bit set of a channel, or null where everything was observed: do not write. */
  public long[] observed(int channel) {
    return observed == null ? null : observed[channel];
  }

  /** Channels with a place for a bit set: 0 where everything was observed. */
  public int observedChannels() {
    return observed == null ? 0 : observed.length;
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

  /** Relative weight of the series where sampling is weighted. */
  public float weight() {
    return weight;
  }

  /** Bytes of the packed values and bit sets. */
  public long bytes() {
    long bytes = 0;
    for (SeriesValues row : values) {
      bytes += row.bytes();
    }
    for (int c = 0; observed != null && c < observed.length; c++) {
      bytes += observed[c] == null ? 0 : 8L * observed[c].length;
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "Segment[series "
        + seriesId
        + ", steps "
        + seriesStep
        + "+"
        + length
        + " of "
        + seriesLength
        + ", origins "
        + originFrom
        + ".."
        + originTo
        + ", weight "
        + weight
        + "]";
  }
}
