package io.longcast.forecast;

import io.longcast.clean.ArrivalPlan;
import io.longcast.stream.StreamKernel;

/**
 * How series are forecast as their rows arrive.
 *
 * @param forecasts model and settings
 * @param arrivals how rows become steps
 * @param every steps between two forecasts of a series, at least 1
 * @param expireMicros how far the watermark has to be past the last row of a series before its
 *     state is deleted, above 0
 */
public record ForecastStreamPlan(
    ForecastPlan forecasts, ArrivalPlan arrivals, int every, long expireMicros)
    implements StreamKernel.Factory {

  @Override
  public StreamKernel open() {
    return new ForecastStream(this);
  }

  @Override
  public byte[] resuming(byte[] saved) {
    throw new UnsupportedOperationException("forecasts do not go on from states of a detector");
  }
}
