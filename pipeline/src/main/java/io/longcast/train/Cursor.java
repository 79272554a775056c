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
 * @param remedies what was done about failed rounds, a line each
 */
record Cursor(
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
    List<String> remedies) {

  Cursor {
    skipped = List.copyOf(skipped);
    remedies = List.copyOf(remedies);
  }

  static Cursor start() {
    return new Cursor(
        0, 0, 1, 1, Double.NaN, Double.NaN, Double.NaN, 0, false, List.of(), List.of());
  }

  Cursor afterRound(int steps, double loss) {
    return new Cursor(
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
        remedies);
  }

  Cursor afterValidation(double loss, boolean better, boolean stop) {
    return new Cursor(
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
        remedies);
  }

  Cursor afterRemedy(double factor, List<String> skip, String line) {
    List<String> allSkipped = new ArrayList<>(skipped);
    allSkipped.addAll(skip);
    List<String> allRemedies = new ArrayList<>(remedies);
    allRemedies.add(line);
    return new Cursor(
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
        allRemedies);
  }

  Cursor afterClip(double share, String line) {
    Cursor told = afterRemedy(1, List.of(), line);
    return new Cursor(
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
        told.remedies);
  }
}
