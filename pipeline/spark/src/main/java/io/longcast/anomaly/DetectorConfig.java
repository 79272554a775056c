package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmRule;
import io.longcast.table.AnomaliesTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A detection as it is broadcast to the tasks.
 *
 * @param plan model and settings
 * @param scores what is usual
 * @param rule when a series alarms
 * @param stepsPerWeek of the grid
 * @param modelId the bundle's id, a column of {@link AnomaliesTable}
 * @param rules of operators
 * @param verdicts of operators on earlier events
 */
public record DetectorConfig(
    DetectorContext plan,
    ScoreCalibration scores,
    AlarmRule rule,
    double stepsPerWeek,
    String modelId,
    AlarmRules rules,
    Verdicts verdicts)
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
    return new DetectorConfig(
        plan, scores, rule, stepsPerWeek, modelId, AlarmRules.NONE, Verdicts.NONE);
  }

  /** The same under rules of operators. */
  public DetectorConfig under(AlarmRules operators) {
    return new DetectorConfig(plan, scores, rule, stepsPerWeek, modelId, operators, verdicts);
  }

  /** The same under verdicts of operators. */
  public DetectorConfig under(Verdicts judged) {
    return new DetectorConfig(plan, scores, rule, stepsPerWeek, modelId, rules, judged);
  }

  /** When a series alarms. */
  AlarmRule rule(String seriesId) {
    return rule.withBudget(verdicts.budgetShare(seriesId));
  }

  /** What suppresses alarms, by name: the rules of operators and, last, their verdicts. */
  List<String> suppressors() {
    List<String> names = new ArrayList<>(rules.names());
    names.add(Verdicts.SUPPRESSED);
    return names;
  }

  /** The same with other settings of the run; the threshold stays where it is. */
  public DetectorConfig with(AnomalySpec spec) {
    return new DetectorConfig(
        plan.with(spec), scores, rule, stepsPerWeek, modelId, rules, verdicts);
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
    return new DetectorConfig(plan, scores, constant, stepsPerWeek, modelId, rules, verdicts);
  }
}
