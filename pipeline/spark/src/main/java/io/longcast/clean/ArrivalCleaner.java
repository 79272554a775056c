package io.longcast.clean;

import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import io.longcast.table.RejectsTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Cleans series as their rows arrive, step by step as {@link CleanStage} cleans them whole: a step
 * is complete once the watermark has passed it. Rows of complete steps are put in order, duplicates
 * are settled, steps without rows are unobserved. Rows of later steps wait; a row of a step that
 * was complete before is late and rejected. Reused from series to series; not thread-safe.
 *
 * <p>Different from whole series: a step that a later row would have put elsewhere stays ({@code
 * clean.anchor = auto} looks at the rows at hand when the first step of a series is complete);
 * {@code clean.constantSeries}, {@code clean.shortSeries} and {@code clean.timeOutlierFactor},
 * which judge a whole series, do not apply.
 */
public final class ArrivalCleaner {
  private static final String LATE = "late: its successors were scored before";

  private final ArrivalPlan plan;
  private final SeriesLayout layout;
  private final CleanSpec spec;
  private final RowColumns columns;
  private final int[] order;
  private final SeriesBuffer complete;
  private final SeriesBuffer ahead;
  private final DuplicateRows duplicates;
  private final StepValues stepValues;

  /** A cleaner by a plan. */
  public ArrivalCleaner(ArrivalPlan plan) {
    this.plan = plan;
    layout = plan.layout();
    spec = plan.spec();
    columns = new RowColumns(plan.transport());
    order = RowChunk.order(spec.grid());
    List<String> numbers = ObservationsTable.numbers(layout);
    complete = new SeriesBuffer(numbers, layout.staticCovariates().size());
    ahead = new SeriesBuffer(numbers, layout.staticCovariates().size());
    duplicates = new DuplicateRows(spec.duplicates());
    stepValues = new StepValues(layout, spec);
  }

  /**
   * Takes what arrived of a series.
   *
   * @param past the last steps that are known; empty for a new series
   * @param pending rows that wait; changed to those that wait afterwards
   * @param chunks as {@link ArrivalStage} makes them
   * @param watermark microseconds since 1970
   */
  public Arrival take(
      String seriesId,
      Optional<Segment> past,
      PendingRows pending,
      List<byte[]> chunks,
      long watermark) {
    return new Pass(seriesId, past, pending, chunks, watermark).arrival();
  }

  /** Rows that name no series, all of which are rejected. */
  public List<Row> unnamed(List<byte[]> chunks) {
    List<Row> rejects = new ArrayList<>();
    for (SeriesRows rows = rows(null, chunks); rows.advance(); ) {
      String reason = rows.isRejected() ? rows.reason() : "missing series id";
      rejects.add(reject(rejected(rows, null, reason)));
    }
    return rejects;
  }

  private SeriesRows rows(UTF8String id, List<byte[]> chunks) {
    List<RowChunk> opened = new ArrayList<>();
    for (byte[] chunk : chunks) {
      opened.add(new RowChunk(chunk, columns.numbers(), columns.statics()));
    }
    return new SeriesRows(id, 0, opened, order);
  }

  private RejectedRow rejected(SeriesRows row, String seriesId, String reason) {
    return new RejectedRow("read", file(row), seriesId, row.micros(), reason, row.record());
  }

  /** The file of a row with a fault, the last of the categories. */
  private String file(SeriesRows row) {
    UTF8String file = row.category(layout.staticCovariates().size());
    return file == null ? null : file.toString();
  }

  private Row reject(RejectedRow row) {
    return CleanedSeriesStage.reject(plan.source(), row);
  }

  /** One series. */
  private final class Pass {
    private final String seriesId;
    private final Optional<Segment> past;
    private final PendingRows pending;
    private final List<byte[]> chunks;
    private final long watermark;
    private final long[] times;
    private final List<RejectedRow> rejects = new ArrayList<>();
    private int[] used = new int[16];
    private int count;
    private int early;
    private long late;
    private OpenChunk waiting;
    private long firstWaiting = Long.MAX_VALUE;

    Pass(
        String seriesId,
        Optional<Segment> past,
        PendingRows pending,
        List<byte[]> arrived,
        long watermark) {
      this.seriesId = seriesId;
      this.past = past;
      this.pending = pending;
      this.watermark = watermark;
      chunks = pending.and(arrived);
      complete.begin(seriesId);
      ahead.begin(seriesId);
      times = chunks.isEmpty() ? new long[0] : times();
      pending.notBefore(times.length == 0 ? Long.MIN_VALUE : times[times.length - 1]);
    }

    /** Times of the rows that can be used, ascending. */
    private long[] times() {
      long[] found = new long[16];
      int size = 0;
      for (SeriesRows rows = read(); rows.advance(); ) {
        if (!rows.isRejected() && rows.micros() != SeriesBuffer.NO_TIME) {
          found = size == found.length ? Arrays.copyOf(found, 2 * size) : found;
          found[size++] = rows.micros();
        }
      }
      return Arrays.copyOf(found, size);
    }

    private SeriesRows read() {
      return rows(UTF8String.fromString(seriesId), chunks);
    }

    Arrival arrival() {
      Optional<GridTime> grid = grid();
      long limit = grid.map(this::limit).orElse(0L);
      boolean tooFar = limit > spec.maxSteps();
      if (!chunks.isEmpty()) {
        place(limit, tooFar);
      }
      pending.set(waiting);
      Optional<Segment> segment =
          limit == 0 || tooFar ? Optional.empty() : Optional.of(segment((int) limit));
      rejects.addAll(complete.rejects());
      return new Arrival(
          segment,
          rejects.stream().filter(row -> !row.isCell()).map(ArrivalCleaner.this::reject).toList(),
          rejects.stream()
              .filter(RejectedRow::isCell)
              .map(row -> CleanedSeriesStage.cell(plan.source(), row))
              .toList(),
          late,
          tooFar ? Arrival.NEVER : grid.map(time -> wake(time, limit)).orElse(Arrival.NEVER));
    }

    /**
     * The grid whose step 0 is the first that is not known; empty for a new series without rows.
     */
    private Optional<GridTime> grid() {
      if (past.isPresent()) {
        GridAxis axis = (GridAxis) past.get().axis();
        return Optional.of(
            GridTime.startingAt(axis.at(past.get().length()).toInstant(), plan.frequency(), spec));
      }
      return times.length == 0
          ? Optional.empty()
          : Optional.of(GridTime.of(row -> times[row], times.length, plan.frequency(), spec));
    }

    private GridTime fresh() {
      return GridTime.startingAt(grid().orElseThrow().axis().start(), plan.frequency(), spec);
    }

    /** Steps that are complete; a series that is silent for short is waited for. */
    private long limit(GridTime grid) {
      if (grid.isBeforeStart(watermark)) {
        return 0;
      }
      long passed = fresh().stepOf(watermark);
      if (plan.silentMicros() == 0 || watermark >= pending.newest() + plan.silentMicros()) {
        return passed;
      }
      return times.length == 0 ? 0 : Math.max(0, Math.min(passed, lastStep() + 1));
    }

    private long lastStep() {
      GridTime walk = fresh();
      long last = times[times.length - 1];
      return walk.isBeforeStart(last) ? -1 : walk.stepOf(last);
    }

    /** Every row to where it belongs. */
    private void place(long limit, boolean tooFar) {
      GridTime walk = times.length == 0 ? null : fresh();
      for (SeriesRows rows = read(); rows.advance(); ) {
        if (rows.isRejected()) {
          rejects.add(rejected(rows, seriesId, rows.reason()));
        } else if (rows.micros() == SeriesBuffer.NO_TIME) {
          complete.reject(
              rows.addTo(complete, file(rows)),
              "missing timestamp (clean.grid = regular needs one)");
        } else if (walk.isBeforeStart(rows.micros())) {
          complete.reject(rows.addTo(complete, file(rows)), RejectsTable.DETECT, LATE);
          late++;
        } else if (tooFar) {
          complete.reject(
              rows.addTo(complete, file(rows)),
              RejectsTable.DETECT,
              "more steps would be missing before it than clean.maxSteps allows");
        } else {
          long step = walk.stepOf(rows.micros());
          if (step < limit) {
            use(rows.addTo(complete, file(rows)));
          } else {
            await(rows, step);
          }
        }
      }
    }

    private void use(int row) {
      used = count == used.length ? Arrays.copyOf(used, 2 * count) : used;
      used[count++] = row;
    }

    private void await(SeriesRows row, long step) {
      if (waiting == null) {
        waiting = new OpenChunk(row.seriesId(), 0, columns, order);
        firstWaiting = step;
      }
      waiting.add(columns.of(row), RowChunk.NONE);
      if (!layout.knownCovariates().isEmpty()) {
        row.addTo(ahead, null);
        early++;
      }
    }

    private Segment segment(int steps) {
      count = duplicates.settle(complete, used, count);
      double[][] values =
          stepValues.of(complete, used, count, fresh(), 0, steps, pending.counters());
      past.ifPresent(segment -> hold(segment, values));
      int all = early == 0 ? steps : known(values, steps);
      GapFiller gaps = new GapFiller(spec.gaps(), spec.gapLimit(), spec.seasonalPeriod());
      return new PackedSeries(layout, values, all, steps)
          .segment(seriesId, fresh().axis(), statics(), gaps);
    }

    /** Covariates that are missing at first hold the last value that is known. */
    private void hold(Segment known, double[][] values) {
      for (int row = layout.channels().size(); row < values.length; row++) {
        double last = known.row(row).asRead(known.length() - 1);
        for (int step = 0; step < values[row].length && Double.isNaN(values[row][step]); step++) {
          values[row][step] = last;
        }
      }
    }

    /** Adds the known covariates of the rows that wait; returns the steps with them. */
    private int known(double[][] values, int steps) {
      int[] rows = new int[early];
      Arrays.setAll(rows, row -> row);
      int settled = duplicates.settle(ahead, rows, early);
      int all = settled == 0 ? steps : Math.max(steps, Math.toIntExact(lastStep() + 1));
      Counter[] counters = pending.counters().clone();
      Arrays.setAll(counters, row -> counters[row] == null ? null : counters[row].copy());
      double[][] later = stepValues.of(ahead, rows, settled, fresh(), 0, all, counters);
      for (int row = layout.firstKnownRow(); row < values.length; row++) {
        System.arraycopy(values[row], 0, later[row], 0, steps);
        values[row] = later[row];
      }
      return all;
    }

    /** The code that is known, else that of the rows. */
    private int[] statics() {
      int[] statics = past.map(segment -> segment.statics().clone()).orElse(null);
      statics = statics == null ? new int[layout.staticCovariates().size()] : statics;
      for (int i = 0; i < statics.length; i++) {
        statics[i] = statics[i] == 0 ? plan.codes().code(i, complete.category(i)) : statics[i];
      }
      return statics;
    }

    private long wake(GridTime grid, long limit) {
      if (plan.silentMicros() == 0) {
        return grid.beginOf(limit + 1);
      }
      return waiting == null
          ? Math.max(grid.beginOf(limit + 1), pending.newest() + plan.silentMicros())
          : grid.beginOf(firstWaiting + 1);
    }
  }
}
