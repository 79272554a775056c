package io.longcast.anomaly;

import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.series.Segment;
import io.longcast.window.CutterSpec;
import java.io.Serializable;

/**
 * What a task needs to expect values and to score them.
 *
 * @param cutter cuts windows in the shape of the model
 * @param model opens the model
 * @param calibration correction of the quantiles
 * @param season steps of a season, 1 for none
 * @param spec budget, stride, parts
 */
public record DetectorContext(
    CutterSpec cutter,
    ForecasterFactory model,
    IntervalCalibration calibration,
    int season,
    AnomalySpec spec)
    implements Serializable {

  /** The same model with other settings. */
  public DetectorContext with(AnomalySpec other) {
    return new DetectorContext(cutter, model, calibration, season, other);
  }

  /** Target channels of a series. */
  int channels() {
    return cutter.layout().channels().size();
  }

  /** The parts for so many channels: a single one has no distance of all channels together. */
  DetectorSpec detector() {
    return channels() == 1 ? spec.detector().withoutDrift() : spec.detector();
  }

  /** First step of a segment that is forecast and scored; the steps before are for learning. */
  int firstOrigin(Segment segment) {
    int warmUp = spec.warmUp() == 0 ? cutter.window().contextLength() : spec.warmUp();
    return Math.min(warmUp, Math.max(1, segment.length() / 2));
  }
}
