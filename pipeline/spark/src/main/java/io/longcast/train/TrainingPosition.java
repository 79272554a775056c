package io.longcast.train;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a run has come, apart from its vectors.
 *
 * @param step updates of each shard
 * @param round averages taken
 * @param rateFactor what failed rounds have left of the rate
 * @param clipShare what failed rounds have left of the norm that gradients are cut to
 * @param lastLoss mean training loss of the last good round, NaN before the first
 * @param validationLoss of the last pass, NaN before the first
 * @param bestLoss lowest of all passes, NaN before the first
 * @param passesWithoutGain since then
 * @param stopped whether training has stopped early
 * @param skipped names of the windows left out
 * @param recoveries what was done about failed rounds, a line each
 */
record TrainingPosition(
    long step,
    long round,
    double rateFactor,
    double clipShare,
    double lastLoss,
    double validationLoss,
    double bestLoss,
    int passesWithoutGain,
    boolean stopped,
    List<String> skipped,
    List<String> recoveries) {

  TrainingPosition {
    skipped = List.copyOf(skipped);
    recoveries = List.copyOf(recoveries);
  }

  static TrainingPosition start() {
    return new TrainingPosition(
        0, 0, 1, 1, Double.NaN, Double.NaN, Double.NaN, 0, false, List.of(), List.of());
  }

  TrainingPosition afterRound(int steps, double loss) {
    return new TrainingPosition(
        step + steps,
        round + 1,
        rateFactor,
        clipShare,
        loss,
        validationLoss,
        bestLoss,
        passesWithoutGain,
        stopped,
        skipped,
        recoveries);
  }

  TrainingPosition afterValidation(double loss, boolean better, boolean stop) {
    return new TrainingPosition(
        step,
        round,
        rateFactor,
        clipShare,
        lastLoss,
        loss,
        better ? loss : bestLoss,
        better ? 0 : passesWithoutGain + 1,
        stop,
        skipped,
        recoveries);
  }

  TrainingPosition afterRecovery(double factor, List<String> skip, String line) {
    List<String> allSkipped = new ArrayList<>(skipped);
    allSkipped.addAll(skip);
    List<String> allRecoveries = new ArrayList<>(recoveries);
    allRecoveries.add(line);
    return new TrainingPosition(
        step,
        round,
        rateFactor * factor,
        clipShare,
        lastLoss,
        validationLoss,
        bestLoss,
        passesWithoutGain,
        stopped,
        allSkipped,
        allRecoveries);
  }

  TrainingPosition afterClip(double share, String line) {
    TrainingPosition told = afterRecovery(1, List.of(), line);
    return new TrainingPosition(
        step,
        round,
        rateFactor,
        share,
        lastLoss,
        validationLoss,
        bestLoss,
        passesWithoutGain,
        stopped,
        skipped,
        told.recoveries);
  }
}
