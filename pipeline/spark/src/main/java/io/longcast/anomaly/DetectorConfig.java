package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.table.AnomaliesTable;
import java.io.Serializable;

/**
 * A detection as it is broadcast to the tasks.
 *
 * @param plan model and settings
 * @param scores what is usual
 * @param rule when a series alarms
 * @param stepsPerWeek of the grid
 * @param modelId the bundle's id, a column of {@link AnomaliesTable}
 * @param rules of operators
 */
public record DetectorConfig(
    DetectorContext plan,
    ScoreCalibration scores,
    AlarmRule rule,
    double stepsPerWeek,
    String modelId,
    AlarmRules rules)
    implements Serializable {
  private static final double DAYS_PER_WEEK = 7;

  /**
   * A detection whose threshold starts where the peaks of the calibration give the budget.
   *
   * @param series in the fleet, over which a budget of the fleet is divided
   */
  public static DetectorConfig of(
      DetectorContext plan,
      ScoreCalibration scores,
      double stepsPerWeek,
      long series,
      String modelId) {
    AnomalySpec spec = plan.spec();
    double perStep = spec.budget().perStep(stepsPerWeek, series);
    AlarmRule rule =
        new AlarmRule(
            scores.threshold(perStep),
            perStep,
            AlarmRule.mergeGap(spec.mergeGap(), perStep),
            spec.silence(),
            spec.alarmRateController(),
            scores.ownStart(perStep));
    return new DetectorConfig(plan, scores, rule, stepsPerWeek, modelId, AlarmRules.NONE);
  }

  /** The same under rules of operators. */
  public DetectorConfig under(AlarmRules operators) {
    return new DetectorConfig(plan, scores, rule, stepsPerWeek, modelId, operators);
  }

  /** The same with other settings of the run; the threshold stays where it is. */
  public DetectorConfig with(AnomalySpec spec) {
    return new DetectorConfig(plan.with(spec), scores, rule, stepsPerWeek, modelId, rules);
  }

  /** Rows before a chunk of a series that are scored and thrown away. */
  long chunkWarmUp() {
    int asked = plan.spec().chunkWarmUp();
    return asked > 0 ? asked : scores.detector().memory(stepsPerWeek / DAYS_PER_WEEK);
  }

  /** The same with a threshold that stays where labels put it, whatever the budget. */
  public DetectorConfig at(LabelledThreshold threshold) {
    AlarmRule constant =
        new AlarmRule(
            threshold.surprisal(), rule.perStep(), plan.spec().mergeGap(), rule.silence(), false);
    return new DetectorConfig(plan, scores, constant, stepsPerWeek, modelId, rules);
  }
}
