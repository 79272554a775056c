package io.longcast.anomaly;

import io.longcast.clean.Arrival;
import io.longcast.clean.ArrivalCleaner;
import io.longcast.clean.ArrivalStage;
import io.longcast.clean.SegmentJoin;
import io.longcast.forecast.DueForecasts;
import io.longcast.model.WindowForecaster;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.state.StateFormatException;
import io.longcast.stream.StreamKernel;
import io.longcast.stream.StreamUpdate;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.RejectedCellsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.StreamedTables;
import io.longcast.table.TableShape;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Detection on series whose rows arrive over time: rows become steps ({@link ArrivalCleaner}), new
 * steps are joined to those known ({@link SegmentJoin}) and scored ({@link SeriesDetection}) as a
 * batch run that goes on from its states does. However the rows are divided, the scores and events
 * are those of one pass. One series at a time, without an engine; not thread-safe.
 */
final class StreamDetection implements StreamKernel {
  private static final int EVENT_COLUMNS = EventsTable.SCHEMA.size();
  private static final int STATE = EventsTable.SCHEMA.fieldIndex(EventsTable.STATE);

  private final StreamPlan plan;
  private final WindowForecaster forecaster;
  private final DetectorConfig detection;
  private final ArrivalCleaner cleaner;
  private final SegmentJoin join;
  private final SeriesDetection scorer;
  private final AnomalyRows anomalies;
  private final EventRows events;
  private final StateRows states;

  /** Null where there are no forecasts. */
  private final DueForecasts due;

  StreamDetection(StreamPlan plan) {
    this.plan = plan;
    detection = plan.detection();
    cleaner = new ArrivalCleaner(plan.arrivals());
    SeriesLayout layout = detection.plan().cutter().layout();
    join =
        new SegmentJoin(plan.arrivals().spec(), layout.channels().size(), layout.firstKnownRow());
    forecaster = detection.plan().model().open();
    scorer = new SeriesDetection(detection, forecaster);
    anomalies =
        new AnomalyRows(layout.channels(), detection.plan().spec().keep(), detection.modelId());
    events = new EventRows(layout.channels(), detection.modelId());
    states = new StateRows(detection.modelId());
    due =
        plan.forecasts() == null ? null : new DueForecasts(plan.forecasts(), plan.forecastEvery());
  }

  @Override
  public StreamUpdate take(String seriesId, byte[] state, List<byte[]> chunks, long watermark) {
    if (seriesId.equals(ArrivalStage.UNNAMED)) {
      return unnamed(chunks);
    }
    StreamState now = state == null ? StreamState.fresh(plan) : StreamState.fromBytes(state, plan);
    return new Pass(seriesId, now).update(chunks, watermark);
  }

  @Override
  public void close() {
    forecaster.close();
    if (due != null) {
      due.close();
    }
  }

  private StreamUpdate unnamed(List<byte[]> chunks) {
    List<Row> rejects = cleaner.unnamed(chunks);
    return new StreamUpdate(
        null,
        Arrival.NEVER,
        rejects.stream().map(row -> StreamedTables.row(RejectsTable.TABLE, row)).toList(),
        new StreamUpdate.Counts(0, 0, rejects.size(), 0, 0, 0, 0));
  }

  /** One series. */
  private final class Pass {
    private final String seriesId;
    private final StreamState state;
    private final List<Row> rows = new ArrayList<>();
    private final Optional<SavedSeries> saved;
    private long scored;
    private long opened;
    private long closed;
    private long restarted;
    private boolean stateIsReturned;

    Pass(String seriesId, StreamState state) {
      this.seriesId = seriesId;
      this.state = state;
      saved = state.isOf(detection.modelId()) ? state.saved(detection) : followed();
      if (state.pending.newest() == Long.MIN_VALUE) {
        saved.map(SavedSeries::past).ifPresent(this::begin);
      }
    }

    /** Goes on from a batch run, which knew rows up to the last step. */
    private void begin(Segment past) {
      state.pending.notBefore(newest(past));
    }

    /** What the model before this one knew, where this one can go on from it. */
    private Optional<SavedSeries> followed() {
      Optional<SavedSeries> carried;
      try {
        carried = state.saved(detection).filter(this::isOnGrid);
      } catch (StateFormatException otherDetector) {
        carried = Optional.empty();
      }
      restarted = state.savedBytes().length > 0 && carried.isEmpty() ? 1 : 0;
      state.follow(detection.modelId(), carried.map(SavedSeries::past).map(this::newest));
      return carried;
    }

    private long newest(Segment past) {
      return micros(past, past.length() - 1L);
    }

    private boolean isOnGrid(SavedSeries before) {
      return before.past().axis() instanceof GridAxis grid
          && grid.frequency().equals(plan.arrivals().frequency());
    }

    StreamUpdate update(List<byte[]> chunks, long watermark) {
      Arrival arrival =
          cleaner.take(seriesId, saved.map(SavedSeries::past), state.pending, chunks, watermark);
      add(RejectsTable.TABLE, arrival.rejects().iterator());
      add(RejectedCellsTable.TABLE, arrival.rejectedCells().iterator());
      arrival.segment().ifPresent(this::score);
      long expires = expires();
      boolean over = chunks.isEmpty() && watermark >= expires;
      if (over && !stateIsReturned) {
        lastState();
      }
      boolean unknown = state.savedBytes().length == 0 && !state.pending.hasRows();
      return new StreamUpdate(
          over || unknown ? null : state.toBytes(),
          Math.min(arrival.wake(), expires),
          rows,
          new StreamUpdate.Counts(
              scored,
              arrival.late(),
              arrival.rejects().size(),
              opened,
              closed,
              restarted,
              over ? 1 : 0));
    }

    private long expires() {
      long newest = state.pending.newest();
      return newest == Long.MIN_VALUE ? Arrival.NEVER : newest + plan.expireMicros();
    }

    private void score(Segment fresh) {
      Segment segment = saved.map(before -> joined(before, fresh)).orElse(fresh);
      ScoredSeries done = scorer.score(segment, saved);
      scored = done.observedSteps(detection.plan().channels());
      add(AnomaliesTable.TABLE, anomalies.of(done, firstOwn(done)));
      addEvents(done);
      if (due != null) {
        long known = saved.map(before -> end(before.past())).orElse(0L);
        add(ForecastsTable.TABLE, due.of(segment, known).iterator());
      }
      state.save(done.state());
      long known = saved.map(before -> before.past().length()).orElse(0);
      if (interval(segment, known) < interval(segment, segment.length())) {
        rows.add(StreamedTables.row(DetectorStatesTable.TABLE, states.of(done)));
        stateIsReturned = true;
      }
    }

    /** The first step with a result that no model before this one scored. */
    private int firstOwn(ScoredSeries done) {
      int step = done.results().first();
      while (step < done.to() && !state.isOwn(micros(done.segment(), step))) {
        step++;
      }
      return step;
    }

    /** Number of the time between two rows of states that a step lies in. */
    private long interval(Segment segment, long step) {
      return Math.floorDiv(micros(segment, step), plan.statesMicros());
    }

    private Segment joined(SavedSeries before, Segment fresh) {
      SegmentJoin.Joined joined = join.join(before.past(), fresh);
      if (joined.kind() != SegmentJoin.Kind.CONNECTS) {
        throw new IllegalStateException(
            "new steps of series %s must follow those known, found %s at %s"
                .formatted(seriesId, joined.kind(), fresh.axis().instant(0).orElse(null)));
      }
      return joined.segment();
    }

    /** Closed events once, an open one whenever there is news of it. */
    private void addEvents(ScoredSeries done) {
      long before = state.openEvent;
      state.openEvent = 0;
      opened -= before == 0 ? 0 : 1;
      for (Iterator<Row> found = events.of(done); found.hasNext(); ) {
        Row event = withoutPeak(found.next());
        boolean open = EventsTable.OPEN.equals(event.getString(STATE));
        state.openEvent = open ? hash(event) : 0;
        opened++;
        closed += open ? 0 : 1;
        if (!open || state.openEvent != before) {
          rows.add(StreamedTables.row(EventsTable.TABLE, event));
        }
      }
    }

    /** What a batch run can go on from, of a series that leaves the stream. */
    private void lastState() {
      state
          .saved(detection)
          .ifPresent(
              last -> rows.add(StreamedTables.row(DetectorStatesTable.TABLE, states.of(last))));
    }

    private void add(TableShape table, Iterator<Row> found) {
      found.forEachRemaining(row -> rows.add(StreamedTables.row(table, row)));
    }
  }

  /** Steps of the series up to the end of a segment. */
  private static long end(Segment segment) {
    return segment.seriesStep() + segment.length();
  }

  private static long micros(Segment segment, long step) {
    Instant at = segment.axis().instant(step).orElseThrow();
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static Row withoutPeak(Row event) {
    Object[] columns = new Object[EVENT_COLUMNS];
    Arrays.setAll(columns, event::get);
    return RowFactory.create(columns);
  }

  /** Never 0, which stands for no event. */
  private static long hash(Row event) {
    Object[] columns = new Object[event.size()];
    Arrays.setAll(columns, event::get);
    return 1L + Integer.toUnsignedLong(Arrays.deepHashCode(columns));
  }
}
