package io.longcast.anomaly.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of a series that a {@link PatternScorer} learns from: all of them, or of a long series
 * its end and pieces spread over it, a bounded number. Which rows these are depends on the number
 * of rows alone, so that parts of a series can be sampled side by side and merged in any order.
 */
public final class PatternSample {
  /** Rows at the end that are always kept. */
  static final int TAIL = 20_000;

  /** A series up to so many rows is kept whole, and more where banks are larger. */
  private static final int WHOLE = 40_000;

  private static final int WHOLE_PER_BANK_ROW = 12;

  /** Pieces of a long series. */
  static final int FEW = 4;

  static final int MANY = 8;

  private static final int MIN_PIECE = 2500;

  /** Values of a row of the longest bank of a series with a period, and of one without. */
  private static final int MAX_EVERY = 8;

  private final PatternSpec spec;
  private final long rows;
  private final List<Slice> slices;

  private record Slice(long from, double[] values) {
    long end() {
      return from + values.length;
    }

    /** The rows of another slice that overlaps or touches this one go on from it. */
    Slice followedBy(Slice next) {
      int kept = (int) Math.min(values.length, next.from - from);
      double[] both = Arrays.copyOf(values, kept + next.values.length);
      System.arraycopy(next.values, 0, both, kept, next.values.length);
      return next.end() <= end() ? this : new Slice(from, both);
    }
  }

  private PatternSample(PatternSpec spec, long rows, List<Slice> slices) {
    this.spec = spec;
    this.rows = rows;
    this.slices = slices;
  }

  /** Of a whole series, not a number where a value is missing. */
  public static PatternSample of(PatternSpec spec, double[] values) {
    return ofPart(spec, values, 0, values.length);
  }

  /**
   * Of a part of a series.
   *
   * @param spec of the scorer that learns from it
   * @param values of the part
   * @param from row of the series that is its first
   * @param rows of the series to learn from
   */
  public static PatternSample ofPart(PatternSpec spec, double[] values, long from, long rows) {
    List<Slice> slices = new ArrayList<>();
    for (long[] range : ranges(spec, rows)) {
      long first = Math.max(from, range[0]);
      long end = Math.min(from + values.length, range[1]);
      if (first < end) {
        slices.add(
            new Slice(first, Arrays.copyOfRange(values, (int) (first - from), (int) (end - from))));
      }
    }
    return new PatternSample(spec, rows, joined(slices));
  }

  /** The rows that are kept, {@code [from, end)}. */
  private static List<long[]> ranges(PatternSpec spec, long rows) {
    if (rows <= Math.max(WHOLE, WHOLE_PER_BANK_ROW * spec.bankRows())) {
      return List.of(new long[] {0, rows});
    }
    List<long[]> ranges = new ArrayList<>();
    addPieces(rows, FEW, spec.sideRows() / FEW * MAX_EVERY, ranges);
    int most = spec.seasonalRows() / MANY * MAX_EVERY;
    addPieces(rows, MANY, Math.max(MIN_PIECE, most), ranges);
    ranges.add(new long[] {rows - TAIL, rows});
    return ranges;
  }

  private static void addPieces(long rows, int count, int length, List<long[]> ranges) {
    for (int p = 0; p < count; p++) {
      long end = end(rows, p, count);
      ranges.add(new long[] {end - length, end});
    }
  }

  /** Where a piece ends that is one of so many. */
  private static long end(long rows, int piece, int count) {
    return rows * (piece + 1) / count;
  }

  private static List<Slice> joined(List<Slice> slices) {
    List<Slice> sorted = new ArrayList<>(slices);
    sorted.sort(Comparator.comparingLong(Slice::from).thenComparingLong(Slice::end));
    List<Slice> joined = new ArrayList<>();
    for (Slice slice : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && slice.from() <= joined.get(last).end()) {
        joined.set(last, joined.get(last).followedBy(slice));
      } else {
        joined.add(slice);
      }
    }
    return joined;
  }

  /**
   * The sample of two parts together, in any order.
   *
   * @throws IllegalArgumentException if they are not of the same number of rows
   */
  public PatternSample merge(PatternSample other) {
    if (other.rows != rows || !other.spec.equals(spec)) {
      throw new IllegalArgumentException(
          "parts of one series must agree on its rows and settings, found %d and %d rows, %s and %s"
              .formatted(rows, other.rows, spec, other.spec));
    }
    List<Slice> both = new ArrayList<>(slices);
    both.addAll(other.slices);
    return new PatternSample(spec, rows, joined(both));
  }

  /** Rows of the series. */
  public long rows() {
    return rows;
  }

  /** The values that are kept, with the gaps within each slice filled by the value before. */
  PatternSample filled() {
    List<Slice> filled = new ArrayList<>();
    double before = firstKnown();
    for (Slice slice : slices) {
      double[] values = slice.values().clone();
      for (int i = 0; i < values.length; i++) {
        before = Double.isFinite(values[i]) ? values[i] : before;
        values[i] = before;
      }
      filled.add(new Slice(slice.from(), values));
    }
    return new PatternSample(spec, rows, filled);
  }

  private double firstKnown() {
    return slices.stream()
        .flatMapToDouble(slice -> Arrays.stream(slice.values()))
        .filter(Double::isFinite)
        .findFirst()
        .orElse(0);
  }

  /** The last value that is known, 0 without one. */
  double last() {
    double[] values = values();
    for (int i = values.length - 1; i >= 0; i--) {
      if (Double.isFinite(values[i])) {
        return values[i];
      }
    }
    return 0;
  }

  /** All values that are kept, in their order. */
  double[] values() {
    return slices.stream().flatMapToDouble(slice -> Arrays.stream(slice.values())).toArray();
  }

  /** The increases from row to row of a counter; where it falls it began anew at 0. */
  PatternSample increases() {
    List<Slice> increases = new ArrayList<>();
    for (Slice slice : slices) {
      double[] values = slice.values();
      double[] steps = new double[values.length];
      for (int i = 1; i < steps.length; i++) {
        steps[i] = Form.increase(values[i - 1], values[i]);
      }
      steps[0] = steps.length > 1 ? steps[1] : 0;
      increases.add(new Slice(slice.from(), steps));
    }
    return new PatternSample(spec, rows, increases);
  }

  /** Whether the series is cut into pieces where so many rows are wanted of it. */
  boolean isCut(long wanted) {
    return rows > wanted;
  }

  /** The last rows on a scale, at most so many. */
  float[] tail(PatternUnits units, int count) {
    int kept = (int) Math.min(count, rows);
    return slice(units, rows - kept, kept);
  }

  /**
   * A piece on a scale.
   *
   * @param piece from 0
   * @param count pieces, {@link #FEW} or {@link #MANY}
   * @param length rows up to its end
   */
  float[] piece(PatternUnits units, int piece, int count, int length) {
    return slice(units, end(rows, piece, count) - length, length);
  }

  private float[] slice(PatternUnits units, long from, int length) {
    Slice holds =
        slices.stream()
            .filter(slice -> slice.from() <= from && slice.end() >= from + length)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the sample lacks rows "
                            + from
                            + " to "
                            + (from + length)
                            + "; merge all parts of the series before learning"));
    float[] scaled = new float[length];
    for (int i = 0; i < length; i++) {
      scaled[i] = units.scale(holds.values()[(int) (from - holds.from()) + i]);
    }
    return scaled;
  }
}
