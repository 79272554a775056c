package io.longcast.anomaly;

import io.longcast.anomaly.score.TailModel;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.window.CutterSpec;
import java.io.Serializable;
import java.util.List;

/**
 * All that a task needs to score, broadcast once.
 *
 * @param cutter cuts windows as the model wants them
 * @param model opens the model
 * @param calibration correction of the quantiles
 * @param tails what is usual, one a channel
 * @param spec budget, stride, silence
 * @param stepsPerWeek steps of the grid in a week, which turns the budget into a probability
 * @param modelId the bundle's id, a column of the table
 */
public record DetectPlan(
    CutterSpec cutter,
    ForecasterFactory model,
    IntervalCalibration calibration,
    List<TailModel> tails,
    AnomalySpec spec,
    double stepsPerWeek,
    String modelId)
    implements Serializable {

  public DetectPlan {
    tails = List.copyOf(tails);
  }

  /** Target channels of a series. */
  int channels() {
    return cutter.layout().channels().size();
  }

  /**
   * Probability of a false alarm that the budget leaves to one step of one channel: the budget of a
   * series is shared by its channels and by the steps of a week.
   */
  double probability() {
    return Math.min(1, spec.alarmBudget() / (stepsPerWeek * channels()));
  }
}
