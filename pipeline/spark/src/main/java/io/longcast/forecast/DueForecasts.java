package io.longcast.forecast;

import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.sparkinternals.EngineRows;
import io.longcast.table.ForecastsTable;
import io.longcast.window.BatchCutter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;

/**
 * Forecasts of a series as its steps become known: from every so manieth step, counted from its
 * first, however many come at a time. Not thread-safe.
 */
public final class DueForecasts implements AutoCloseable {
  private final ForecastPlan plan;
  private final int every;
  private final WindowForecaster forecaster;
  private final BatchCutter cutter;
  private final ForecastCounts counts = ForecastCounts.none();
  private final Function<EngineRow, Row> ordinary = EngineRows.ordinary(ForecastsTable.SCHEMA);

  /**
   * @param every steps between two forecasts, at least 1
   */
  public DueForecasts(ForecastPlan plan, int every) {
    this.plan = plan;
    this.every = every;
    forecaster = plan.model().open();
    cutter = plan.cutter().open();
  }

  /**
   * The forecasts that are due, in the shape of {@link ForecastsTable}.
   *
   * @param segment with a context before the steps that are new
   * @param known steps of the series that were known before
   */
  public List<Row> of(Segment segment, long known) {
    long first = Math.floorDiv(known, every) * every + every;
    int[] origins =
        LongStream.iterate(first, origin -> origin + every)
            .takeWhile(origin -> origin <= segment.seriesStep() + segment.length())
            .mapToInt(origin -> (int) (origin - segment.seriesStep()))
            .toArray();
    if (origins.length == 0) {
      return List.of();
    }
    List<Row> found = new ArrayList<>();
    Iterator<EngineRow> rows =
        ForecastStage.rows(
            List.of(segment).iterator(), each -> origins, plan, cutter, forecaster, counts);
    rows.forEachRemaining(row -> found.add(ordinary.apply(row)));
    return found;
  }

  @Override
  public void close() {
    forecaster.close();
  }
}
