package io.longcast.pipeline;

import io.longcast.metrics.RunCounter;
import io.longcast.metrics.RunMetrics;
import io.longcast.report.Progress;
import io.longcast.train.RoundRecord;
import io.longcast.train.TrainingProgress;

/**
 * Reports the rounds of a training as progress and as metrics.
 *
 * @param stage as the progress names it
 */
record MeteredProgress(Progress progress, String stage) implements TrainingProgress {

  @Override
  public void round(RoundRecord record, long stepsInAll) {
    RunCounter.TRAINING_ROUNDS.add(1);
    RunCounter.TRAINING_WINDOWS.add(record.windows());
    RunMetrics.show("training_loss", record.trainLoss());
    RunMetrics.show("training_windows_per_second", record.windowsPerSecond());
    RunMetrics.show("training_done_share", (double) record.step() / stepsInAll);
    if (!Double.isNaN(record.validationLoss())) {
      RunMetrics.show("training_validation_loss", record.validationLoss());
    }
    progress.at(stage, record.step(), stepsInAll, "steps", record.line());
  }
}
