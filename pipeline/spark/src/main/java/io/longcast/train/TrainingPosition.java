package io.longcast.train;

import io.longcast.train.TrainingRecovery.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * How far training has come, without its vectors.
 *
 * @param step updates of each shard
 * @param round averages taken
 * @param rateFactor share of the learning rate that recoveries have left
 * @param clipShare share of the gradient clipping norm that recoveries have left
 * @param lastLoss mean training loss of the last good round, NaN before the first
 * @param validationLoss of the last pass, NaN before the first
 * @param bestLoss lowest of all passes, NaN before the first
 * @param passesWithoutGain since then
 * @param stopped whether training has stopped early
 * @param skipped names of the windows excluded
 * @param recoveries what was done about failed rounds, in order
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
    List<TrainingRecovery> recoveries) {

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

  /** The position from which a failed round is repeated. */
  TrainingPosition afterRecovery(TrainingRecovery recovery) {
    List<String> allSkipped = new ArrayList<>(skipped);
    allSkipped.addAll(recovery.excluded());
    List<TrainingRecovery> allRecoveries = new ArrayList<>(recoveries);
    allRecoveries.add(recovery);
    return new TrainingPosition(
        step,
        round,
        recovery.action() == Action.LOWER_RATE ? recovery.remaining() : rateFactor,
        recovery.action() == Action.LOWER_CLIP_NORM ? recovery.remaining() : clipShare,
        lastLoss,
        validationLoss,
        bestLoss,
        passesWithoutGain,
        stopped,
        allSkipped,
        allRecoveries);
  }
}
