package io.longcast.anomaly;

import io.longcast.anomaly.alarm.AlarmBudget;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How anomalies are found.
 *
 * @param alarmBudget expected false alarms, above 0, over all channels of a series together;
 *     default 1
 * @param budgetUnit what the budget refers to; default a series and week
 * @param threshold what decides when a series alarms: the budget, or labels
 * @param alarmRateController whether feedback holds the rate of each series at the budget; default
 *     true
 * @param mergeGap steps below the threshold that do not yet end an event, at least 0; where the
 *     budget decides, at most a sixteenth of the steps that it has for one event; default 6
 * @param silence steps after an event without another one in the same series, at least 0; default 0
 * @param falseDiscovery share of false events among those reported in one bucket of time over the
 *     whole fleet, in [0, 1); 0 reports all; default 0
 * @param bucket of time for {@code falseDiscovery}, above 0; default a day
 * @param stride steps between the origins of the forecasts that values are compared with, at least
 *     1 and at most the horizon; smaller is sharper and dearer; default 1
 * @param batchSize windows a batch, 1 to 65536; default 256
 * @param warmUp steps of a series before its first score; at least 0, 0 for one context, so that no
 *     forecast leans on padding; default 0
 * @param calibrationSeries most series, chosen by the hash of their id, on which training finds out
 *     what is usual, at least 1; default 500
 * @param keep which rows are written: all scored steps, or alarms only; default all
 * @param resume whether to resume from the states that the last run of the same model saved;
 *     default true
 * @param parallelChunks chunks that a series is scored in side by side, in [1, 10000]; more than 1
 *     is approximate; default 1
 * @param chunkWarmUp rows before a chunk that are scored and thrown away, at least 0; 0 for the
 *     memory of the parts, with fewer chunks where it is longer than they are; default 0
 * @param detector the parts of the score
 */
public record AnomalySpec(
    double alarmBudget,
    AlarmBudget.Unit budgetUnit,
    ThresholdSpec threshold,
    boolean alarmRateController,
    int mergeGap,
    int silence,
    double falseDiscovery,
    Duration bucket,
    int stride,
    int batchSize,
    int warmUp,
    int calibrationSeries,
    Keep keep,
    boolean resume,
    int parallelChunks,
    int chunkWarmUp,
    DetectorSpec detector)
    implements Serializable {

  private static final int MAX_CHUNKS = 10_000;

  /** Which rows are written. */
  public enum Keep {
    /** Every scored step. */
    ALL,
    /** Alarms only. */
    ALARMS
  }

  public AnomalySpec {
    new AlarmBudget(alarmBudget, budgetUnit);
    SettingChecks.atLeast(mergeGap, 0, "anomaly.mergeGap");
    SettingChecks.atLeast(silence, 0, "anomaly.silence");
    SettingChecks.atLeast(stride, 1, "anomaly.stride");
    SettingChecks.inRange(batchSize, 1, 65_536, "anomaly.batchSize");
    SettingChecks.atLeast(warmUp, 0, "anomaly.warmUp");
    SettingChecks.atLeast(calibrationSeries, 1, "anomaly.calibrationSeries");
    SettingChecks.shareBelowOne(falseDiscovery, "anomaly.falseDiscovery");
    SettingChecks.inRange(parallelChunks, 1, MAX_CHUNKS, "anomaly.parallelChunks");
    SettingChecks.atLeast(chunkWarmUp, 0, "anomaly.chunkWarmUp");
    SettingChecks.require(
        !bucket.isNegative() && !bucket.isZero(), "anomaly.bucket", "longer than 0", bucket);
  }

  /** The budget with its unit. */
  public AlarmBudget budget() {
    return new AlarmBudget(alarmBudget, budgetUnit);
  }

  /** The same, writing alarms only. */
  public AnomalySpec keepingAlarms() {
    return new AnomalySpec(
        alarmBudget,
        budgetUnit,
        threshold,
        alarmRateController,
        mergeGap,
        silence,
        falseDiscovery,
        bucket,
        stride,
        batchSize,
        warmUp,
        calibrationSeries,
        Keep.ALARMS,
        resume,
        parallelChunks,
        chunkWarmUp,
        detector);
  }

  /** The same with other parts of the score. */
  public AnomalySpec with(DetectorSpec other) {
    return new AnomalySpec(
        alarmBudget,
        budgetUnit,
        threshold,
        alarmRateController,
        mergeGap,
        silence,
        falseDiscovery,
        bucket,
        stride,
        batchSize,
        warmUp,
        calibrationSeries,
        keep,
        resume,
        parallelChunks,
        chunkWarmUp,
        other);
  }

  /** The same in so many chunks a series, each after so many rows of warm-up. */
  public AnomalySpec inParallelChunks(int count, int warmUpRows) {
    return new AnomalySpec(
        alarmBudget,
        budgetUnit,
        threshold,
        alarmRateController,
        mergeGap,
        silence,
        falseDiscovery,
        bucket,
        stride,
        batchSize,
        warmUp,
        calibrationSeries,
        keep,
        resume,
        count,
        warmUpRows,
        detector);
  }

  /** Whether what alarms in one series depends on how many series there are. */
  public boolean sharesFleet() {
    return budgetUnit == AlarmBudget.Unit.FLEET_DAY || falseDiscovery > 0;
  }

  /** The same with another budget. */
  public AnomalySpec withBudget(double rate, boolean isControlled) {
    return new AnomalySpec(
        rate,
        budgetUnit,
        threshold,
        isControlled,
        mergeGap,
        silence,
        falseDiscovery,
        bucket,
        stride,
        batchSize,
        warmUp,
        calibrationSeries,
        keep,
        resume,
        parallelChunks,
        chunkWarmUp,
        detector);
  }
}
