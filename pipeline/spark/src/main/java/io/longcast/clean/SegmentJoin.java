package io.longcast.clean;

import io.longcast.series.GridAxis;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesValues;
import io.longcast.series.TimeAxis;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins new steps of a series to those that are known already, by their times: the new segment may
 * overlap, connect, or begin later. Steps that are known stay as they are; missing steps between
 * are unobserved and filled by the gap policy, as they would be had all steps come together. The
 * exception is {@code clean.gaps = linear}, which looks ahead, in a gap that was open when its
 * steps were used; and covariates missing in the first rows of an input, which take the first value
 * that follows.
 */
public final class SegmentJoin {
  private final GapFiller filler;
  private final int channels;
  private final int firstKnown;
  private final int maxSteps;

  /**
   * @param channels rows of the segments with observed bits
   * @param firstKnown first row of the segments that holds a known covariate
   */
  public SegmentJoin(CleanSpec spec, int channels, int firstKnown) {
    this.channels = channels;
    this.firstKnown = firstKnown;
    filler = new GapFiller(spec.gaps(), spec.gapLimit(), spec.seasonalPeriod());
    maxSteps = spec.maxSteps();
  }

  /** How new steps lie to known ones. */
  public enum Kind {
    /** They overlap or connect. */
    CONNECTS,
    /** Steps are missing between. */
    GAP,
    /** All are known or older. */
    NOTHING_NEW,
    /** They lie on another grid; nothing is joined. */
    OFF_GRID,
    /** More steps would be missing than {@code clean.maxSteps} allows; nothing is joined. */
    TOO_FAR
  }

  /**
   * A step that came too late: it was missing when its successors were used.
   *
   * @param at its time; null without one
   * @param values observed ones by channel, null where absent
   */
  public record LateStep(Instant at, List<Double> values) implements Serializable {}

  /**
   * What came of it.
   *
   * @param segment known and new steps; only the known ones where nothing was joined
   * @param gap missing steps between
   * @param late steps in the time of the known ones that these miss, and any before the series
   * @param older steps before the known ones, of which it is not known whether they are late
   */
  public record Joined(Kind kind, Segment segment, long gap, List<LateStep> late, long older)
      implements Serializable {

    /** Whether there are new steps. */
    public boolean isNew() {
      return kind == Kind.CONNECTS || kind == Kind.GAP;
    }
  }

  /**
   * Joins.
   *
   * @param past the last steps known
   * @param next of the same series and layout
   */
  public Joined join(Segment past, Segment next) {
    if (next.length() == 0) {
      return new Joined(Kind.NOTHING_NEW, past, 0, List.of(), 0);
    }
    return past.axis() instanceof GridAxis grid ? onGrid(past, grid, next) : rows(past, next);
  }

  private Joined onGrid(Segment past, GridAxis grid, Segment next) {
    Instant begins = next.axis().instant(0).orElseThrow();
    long first = grid.floorStep(begins);
    long last = first + next.length() - 1;
    boolean same =
        next.axis() instanceof GridAxis other
            && other.frequency().equals(grid.frequency())
            && grid.instant(first).orElseThrow().equals(begins)
            && grid.instant(last).equals(next.axis().instant(next.length() - 1L));
    if (!same) {
      return new Joined(Kind.OFF_GRID, past, 0, List.of(), 0);
    }
    List<LateStep> late = late(past, next, first);
    long older = past.seriesStep() == 0 ? 0 : observedSteps(next, Math.min(next.length(), -first));
    if (last < past.length()) {
      return new Joined(Kind.NOTHING_NEW, past, 0, late, older);
    }
    long gap = Math.max(0, first - past.length());
    if (last + 1 - past.length() > maxSteps) {
      return new Joined(Kind.TOO_FAR, past, gap, late, older);
    }
    Segment joined = joined(past, next, Math.toIntExact(first), past.axis());
    return new Joined(gap > 0 ? Kind.GAP : Kind.CONNECTS, joined, gap, late, older);
  }

  /** Rows without a grid: those after the newest known time, or row number where there is none. */
  private Joined rows(Segment past, Segment next) {
    RowAxis known = (RowAxis) past.axis();
    RowAxis axis = (RowAxis) next.axis();
    int skip =
        axis.timedSteps() > 0
            ? after(newest(known, past.length()), axis, next.length())
            : (int) Math.max(0, known.firstRow() + past.length() - axis.firstRow());
    if (skip >= next.length()) {
      return new Joined(Kind.NOTHING_NEW, past, 0, List.of(), 0);
    }
    TimeAxis both = known.followedBy(past.length(), axis.slice(skip, next.length() - skip));
    return new Joined(
        Kind.CONNECTS, joined(past, next, past.length() - skip, both), 0, List.of(), 0);
  }

  private static long newest(RowAxis axis, int length) {
    long newest = RowAxis.ABSENT;
    for (int step = 0; step < length; step++) {
      newest = Math.max(newest, axis.micros(step));
    }
    return newest;
  }

  private static int after(long newest, RowAxis axis, int length) {
    int step = 0;
    while (step < length && axis.micros(step) <= newest) {
      step++;
    }
    return step;
  }

  private List<LateStep> late(Segment past, Segment next, long first) {
    List<LateStep> late = new ArrayList<>();
    long end = Math.min(next.length(), past.length() - first);
    long from = past.seriesStep() == 0 ? 0 : Math.max(0, -first);
    for (int step = (int) from; step < end; step++) {
      long known = first + step;
      boolean isLate = false;
      for (int c = 0; c < channels; c++) {
        isLate |= next.isObserved(c, step) && (known < 0 || !past.isObserved(c, (int) known));
      }
      if (isLate) {
        late.add(step(next, step));
      }
    }
    return late;
  }

  private LateStep step(Segment next, int step) {
    Double[] values = new Double[channels];
    for (int c = 0; c < channels; c++) {
      values[c] = next.isObserved(c, step) ? (Double) next.row(c).asRead(step) : null;
    }
    return new LateStep(next.axis().instant(step).orElse(null), Arrays.asList(values));
  }

  private long observedSteps(Segment next, long end) {
    long count = 0;
    for (int step = 0; step < end; step++) {
      boolean observed = false;
      for (int c = 0; c < channels; c++) {
        observed |= next.isObserved(c, step);
      }
      count += observed ? 1 : 0;
    }
    return count;
  }

  /**
   * @param first step of {@code past} at which {@code next} begins; negative where before it
   */
  private Segment joined(Segment past, Segment next, int first, TimeAxis axis) {
    int length = first + next.length();
    SeriesValues[] values = new SeriesValues[next.rows()];
    long[][] observed = new long[channels][];
    for (int row = 0; row < values.length; row++) {
      double[] all = row(past, next, first, row, length);
      int kept = Math.min(past.row(row).length(), past.length());
      if (row < channels) {
        observed[row] = observed(past, next, first, row, length);
        kept = refill(all, observed[row], past, row);
      }
      values[row] = kept(past.row(row), kept, all);
    }
    return new Segment(
        past.seriesId(),
        past.seriesStep(),
        past.seriesStep() + length,
        axis,
        length,
        values,
        observed,
        next.statics(),
        0,
        length + 1,
        next.weight());
  }

  /** Known steps as they are held; how later ones are, goes by all before them. */
  private static SeriesValues kept(SeriesValues known, int kept, double[] all) {
    return known.slice(0, kept).followedBy(kept, SeriesValues.of(all).slice(kept, all.length));
  }

  /** Known steps, the last of them held over a gap, then new ones. */
  private double[] row(Segment past, Segment next, int first, int row, int length) {
    double[] known = past.row(row).asRead();
    double[] fresh = next.row(row).asRead();
    int kept =
        row < firstKnown ? past.length() : Math.min(known.length, Math.max(first, past.length()));
    int from = Math.max(first, past.length());
    double[] all = Arrays.copyOf(known, Math.max(length, first + fresh.length));
    for (int step = Math.min(kept, from); step < from; step++) {
      all[step] = step == 0 ? fresh[0] : all[step - 1];
    }
    System.arraycopy(fresh, from - first, all, from, first + fresh.length - from);
    for (int step = first + fresh.length; step < all.length; step++) {
      all[step] = all[step - 1];
    }
    return all;
  }

  private static long[] observed(Segment past, Segment next, int first, int row, int length) {
    long[] bits = new long[(length + 63) >> 6];
    for (int step = 0; step < length; step++) {
      boolean is =
          step < past.length()
              ? past.isObserved(row, step)
              : step >= first && next.isObserved(row, step - first);
      bits[step >> 6] |= is ? 1L << (step & 63) : 0;
    }
    return bits;
  }

  /** Fills anew what is unobserved since the last known value, which ends the steps that stay. */
  private int refill(double[] values, long[] bits, Segment past, int row) {
    int from = past.length();
    while (from > 0 && !past.isObserved(row, from - 1)) {
      from--;
    }
    boolean hasValueBefore = past.seriesStep() > 0;
    for (int step = hasValueBefore ? Math.max(1, from) : from; step < values.length; step++) {
      if ((bits[step >> 6] >>> (step & 63) & 1) == 0) {
        values[step] = Double.NaN;
      }
    }
    filler.fill(values);
    return from;
  }
}
