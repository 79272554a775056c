package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.TimeAxis;
import java.util.Optional;

/** Cleans one series after another: rows come in, a segment or its status go out. */
abstract sealed class SeriesCleaner permits GridCleaner, RowCleaner {
  final SeriesLayout layout;
  final CleanSpec spec;
  private final CategoryCodes codes;

  final StepValues stepValues;

  SeriesCleaner(SeriesLayout layout, CleanSpec spec, CategoryCodes codes) {
    this.layout = layout;
    this.spec = spec;
    this.codes = codes;
    stepValues = new StepValues(layout, spec);
  }

  /** The cleaner for the settings. */
  static SeriesCleaner of(CleanPlan plan) {
    return plan.spec().grid() == CleanSpec.Grid.ROWS
        ? new RowCleaner(plan.layout(), plan.spec(), plan.codes())
        : new GridCleaner(plan);
  }

  /** Cleans the rows of one series. */
  abstract SeriesOutcome clean(SeriesBuffer rows);

  /** Decides the status of a series on its steps and packs it. */
  final SeriesOutcome pack(SeriesBuffer rows, double[][] values, int steps, TimeAxis axis) {
    PackedSeries packed = new PackedSeries(layout, values, steps);
    long observed = packed.observed();
    SeriesStatus status = status(packed, observed);
    if (!status.kept()) {
      return drop(rows, status);
    }
    GapFiller gaps = new GapFiller(spec.gaps(), spec.gapLimit(), spec.seasonalPeriod());
    Segment segment = packed.segment(rows.seriesId(), axis, statics(rows), gaps);
    long used = rows.read() - rows.rejectedRows();
    return new SeriesOutcome(
        rows.seriesId(),
        segment,
        segment.length(),
        status,
        rows.read(),
        used,
        rows.rejects(),
        observed,
        time(axis, 0),
        time(axis, packed.length() - 1L));
  }

  private SeriesStatus status(PackedSeries packed, long observed) {
    if (observed == 0) {
      return SeriesStatus.dropped("all-missing", "no channel has a value");
    }
    if (packed.length() < spec.minLength()) {
      String reason =
          "%d steps, fewer than %d (clean.minLength)".formatted(packed.length(), spec.minLength());
      return SeriesStatus.of("short", spec.shortSeries(), reason);
    }
    return packed.isConstant()
        ? SeriesStatus.of("constant", spec.constantSeries(), "no channel ever changes")
        : SeriesStatus.REGULAR;
  }

  /** Leaves a series out and rejects the rows that no earlier reason rejected. */
  final SeriesOutcome drop(SeriesBuffer rows, SeriesStatus status) {
    rejectRest(rows, "series left out as " + status.kind() + ": " + status.reason());
    return new SeriesOutcome(
        rows.seriesId(),
        null,
        0,
        status,
        rows.read(),
        0,
        rows.rejects(),
        0,
        SeriesBuffer.NO_TIME,
        SeriesBuffer.NO_TIME);
  }

  /** Rejects every good row that is still in use. */
  abstract void rejectRest(SeriesBuffer rows, String reason);

  private int[] statics(SeriesBuffer rows) {
    int[] statics = new int[layout.staticCovariates().size()];
    for (int i = 0; i < statics.length; i++) {
      statics[i] = codes.code(i, rows.category(i));
    }
    return statics;
  }

  private static long time(TimeAxis axis, long step) {
    return axis.instant(step).map(GridTime::micros).orElse(SeriesBuffer.NO_TIME);
  }

  /** The grid's step as text, for the table of statuses. */
  static String name(Optional<Frequency> frequency) {
    return frequency.map(Frequency::toString).orElse("rows");
  }
}
