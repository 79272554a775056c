package io.longcast.forecast;

import io.longcast.clean.Arrival;
import io.longcast.clean.ArrivalCleaner;
import io.longcast.clean.ArrivalStage;
import io.longcast.clean.PendingRows;
import io.longcast.clean.SegmentJoin;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import io.longcast.series.SeriesLayout;
import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;
import io.longcast.stream.StreamKernel;
import io.longcast.stream.StreamUpdate;
import io.longcast.table.ForecastsTable;
import io.longcast.table.RejectedCellsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.StreamedTables;
import io.longcast.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Forecasts series as their rows arrive; of each only the steps of a context are kept, and the rows
 * whose steps are not complete.
 */
final class ForecastStream implements StreamKernel {
  private static final StateFormat FORMAT =
      new StateFormat(
          "forecast stream state",
          1,
          "start the stream with an empty checkpoint (key stream.checkpoint)");
  private static final byte[] NONE = new byte[0];

  private final ForecastStreamPlan plan;
  private final ArrivalCleaner cleaner;
  private final SegmentJoin join;
  private final DueForecasts forecasts;

  ForecastStream(ForecastStreamPlan plan) {
    this.plan = plan;
    cleaner = new ArrivalCleaner(plan.arrivals());
    SeriesLayout layout = plan.arrivals().layout();
    join =
        new SegmentJoin(plan.arrivals().spec(), layout.channels().size(), layout.firstKnownRow());
    forecasts = new DueForecasts(plan.forecasts(), plan.every());
  }

  /** What is kept of a series. */
  private final class State {
    private byte[] past = NONE;
    private final PendingRows pending = PendingRows.none(plan.arrivals());

    State fields(StateFields fields) {
      past = fields.bytes(past, Integer.MAX_VALUE);
      pending.fields(fields);
      return this;
    }

    /** Of another grid, nothing is known. */
    Optional<Segment> known() {
      return past.length == 0
          ? Optional.empty()
          : Optional.of(new SegmentCodec().segment(past))
              .filter(
                  segment ->
                      segment.axis() instanceof GridAxis grid
                          && grid.frequency().equals(plan.arrivals().frequency())
                          && segment.rows() == plan.arrivals().layout().rows());
    }
  }

  @Override
  public StreamUpdate take(String seriesId, byte[] state, List<byte[]> chunks, long watermark) {
    List<Row> rows = new ArrayList<>();
    if (seriesId.equals(ArrivalStage.UNNAMED)) {
      List<Row> rejects = cleaner.unnamed(chunks);
      add(rows, RejectsTable.TABLE, rejects);
      return new StreamUpdate(
          null, Arrival.NEVER, rows, new StreamUpdate.Counts(0, 0, rejects.size(), 0, 0, 0, 0));
    }
    State now = state == null ? new State() : FORMAT.read(state, new State()::fields);
    Optional<Segment> known = now.known();
    Arrival arrival = cleaner.take(seriesId, known, now.pending, chunks, watermark);
    add(rows, RejectsTable.TABLE, arrival.rejects());
    add(rows, RejectedCellsTable.TABLE, arrival.rejectedCells());
    arrival.segment().ifPresent(fresh -> forecast(now, known, fresh, rows));
    long newest = now.pending.newest();
    long expires = newest == Long.MIN_VALUE ? Arrival.NEVER : newest + plan.expireMicros();
    boolean over = chunks.isEmpty() && watermark >= expires;
    boolean unknown = now.past.length == 0 && !now.pending.hasRows();
    return new StreamUpdate(
        over || unknown ? null : FORMAT.write(now::fields),
        Math.min(arrival.wake(), expires),
        rows,
        new StreamUpdate.Counts(
            0, arrival.late(), arrival.rejects().size(), 0, 0, 0, over ? 1 : 0));
  }

  private void forecast(State state, Optional<Segment> known, Segment fresh, List<Row> rows) {
    Segment all = known.map(past -> join.join(past, fresh).segment()).orElse(fresh);
    long before = known.map(past -> past.seriesStep() + past.length()).orElse(0L);
    add(rows, ForecastsTable.TABLE, forecasts.of(all, before));
    int end = all.length();
    int context = plan.forecasts().cutter().window().contextLength();
    int horizon = plan.forecasts().cutter().window().horizon();
    int from = Math.max(0, end - context);
    state.past = new SegmentCodec().bytes(all.slice(from, end, end + horizon, from, end + 1));
  }

  private static void add(List<Row> rows, TableShape table, List<Row> found) {
    found.forEach(row -> rows.add(StreamedTables.row(table, row)));
  }

  @Override
  public void close() {
    forecasts.close();
  }
}
