package io.longcast.forecast;

import io.longcast.model.ForecasterFactory;
import io.longcast.series.SeriesLayout;
import io.longcast.window.CutterSpec;
import java.io.Serializable;

/**
 * All that a task needs to forecast, broadcast once.
 *
 * @param cutter cuts windows in the shape of the model
 * @param model opens the model
 * @param calibration correction of the quantiles
 * @param spec batch size, statuses, constraints
 * @param modelId the bundle's id, a column of the table
 * @param newest microseconds of the newest last step of all series, by which others are stale;
 *     {@link #NO_NEWEST} where none is
 * @param fullContext steps before the origin below which the status is short-context
 */
public record ForecastPlan(
    CutterSpec cutter,
    ForecasterFactory model,
    IntervalCalibration calibration,
    ForecastSpec spec,
    String modelId,
    long newest,
    int fullContext)
    implements Serializable {
  /** No series is stale. */
  public static final long NO_NEWEST = Long.MIN_VALUE;

  /** Of a model that expects a whole context. */
  public ForecastPlan(
      CutterSpec cutter,
      ForecasterFactory model,
      IntervalCalibration calibration,
      ForecastSpec spec,
      String modelId,
      long newest) {
    this(cutter, model, calibration, spec, modelId, newest, cutter.window().contextLength());
  }

  /** Names of the channels and covariates. */
  public SeriesLayout layout() {
    return cutter.layout();
  }
}
