package io.longcast.anomaly;

import io.longcast.anomaly.event.EventReport;
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

  /**
   * Steps of a series that scores learn from, before the first one that is scored: the same for all
   * series and however many steps are at hand, so that a run that goes on scores as one that sees
   * everything does.
   */
  int warmUp() {
    return spec.warmUp() == 0 ? cutter.window().contextLength() : spec.warmUp();
  }

  /** Steps before a step that its forecast and the report of an event look back on. */
  int history() {
    int context = cutter.window().contextLength() + spec.stride();
    return Math.max(Math.max(context, StepResults.LATEST), EventReport.lookBack(season));
  }

  /**
   * Steps before a step of which it must be known what was expected: for the report of an event and
   * for the rows that get their settled score.
   */
  int expectedBack() {
    return Math.max(EventReport.EXPECTED_BACK, StepResults.LATEST);
  }

  /**
   * First step of a segment that calibration scores: of a short series half, so that it counts too.
   */
  int firstOrigin(Segment segment) {
    return Math.min(warmUp(), Math.max(1, segment.length() / 2));
  }
}
