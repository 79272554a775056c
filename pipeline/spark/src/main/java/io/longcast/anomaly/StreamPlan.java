package io.longcast.anomaly;

import io.longcast.clean.ArrivalPlan;
import io.longcast.forecast.ForecastPlan;
import io.longcast.settings.SettingException;
import io.longcast.stream.StreamKernel;

/**
 * How rows of series are scored as they arrive.
 *
 * @param detection model and settings
 * @param arrivals how rows become steps
 * @param expireMicros how far the watermark has to be past the last row of a series before its
 *     state is deleted, above 0
 * @param statesMicros time between two rows of {@link io.longcast.table.DetectorStatesTable} of a
 *     series, above 0
 * @param forecasts how series are forecast beside; null where they are not
 * @param forecastEvery steps between two forecasts of a series
 */
public record StreamPlan(
    DetectorConfig detection,
    ArrivalPlan arrivals,
    long expireMicros,
    long statesMicros,
    ForecastPlan forecasts,
    int forecastEvery)
    implements StreamKernel.Factory {

  public StreamPlan {
    if (detection.plan().spec().falseDiscovery() > 0) {
      throw new SettingException(
          "anomaly.falseDiscovery",
          "events are judged over a whole fleet and bucket of time, which a stream does not know:"
              + " set anomaly.falseDiscovery = 0, found "
              + detection.plan().spec().falseDiscovery());
    }
  }

  @Override
  public StreamKernel open() {
    return new StreamDetection(this);
  }

  @Override
  public byte[] resuming(byte[] saved) {
    return StreamState.resuming(this, saved);
  }
}
