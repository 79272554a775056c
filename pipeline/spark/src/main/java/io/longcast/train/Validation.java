package io.longcast.train;

import io.longcast.model.Trainable.LossSum;
import io.longcast.train.round.RoundEngine;
import io.longcast.train.round.RoundInput;
import io.longcast.train.round.ShardTask;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss on the validation windows, as a pass over all shards, and what follows from it: the best
 * weights so far, and the end of training for lack of progress.
 *
 * @param <B> what partitions hold
 */
final class Validation<B> {
  private final TrainingSpec spec;
  private final TrainingProgress progress;
  private final RoundEngine<B> engine;
  private final ShardTask<B> validate;

  Validation(Trainer trainer, RoundEngine<B> engine, ShardTask<B> validate) {
    this.spec = trainer.spec();
    this.progress = trainer.progress();
    this.engine = engine;
    this.validate = validate;
  }

  /** Whether a pass is due after a round. */
  boolean isDue(TrainingPosition cursor, long steps) {
    int every = spec.validation().everyRounds();
    return cursor.step() >= steps || every > 0 && cursor.round() % every == 0;
  }

  /**
   * The state after a pass; its last round has the loss and the seconds.
   *
   * @param input of the round that would come next
   */
  TrainingState pass(TrainingState state, RoundInput input) {
    long begin = System.nanoTime();
    LossSum sum = new LossSum(0, 0);
    RoundInput kept = input.withParameters(state.kept(spec));
    for (byte[] shard : engine.run(validate, kept.toBytes())) {
      sum = sum.plus(WindowTasks.lossSum(shard));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    List<RoundRecord> history = new ArrayList<>(state.history());
    int last = history.size() - 1;
    history.set(last, history.get(last).withValidation(sum.mean(), seconds));
    return judged(state.withHistory(history), sum.mean());
  }

  private TrainingState judged(TrainingState state, double loss) {
    TrainingPosition cursor = state.cursor();
    double best = cursor.bestLoss();
    double gain = Math.abs(best) * spec.validation().minGain();
    boolean better = Double.isNaN(best) || loss < best - gain;
    boolean keepBest = spec.keep() == TrainingSpec.Keep.BEST;
    int patience = spec.validation().patience();
    boolean stop =
        keepBest && patience > 0 && !better && cursor.passesWithoutGain() + 1 >= patience;
    if (stop) {
      progress.event("stopped after " + patience + " passes without a better loss");
    }
    TrainingState after = state.with(cursor.afterValidation(loss, better, stop));
    return better && keepBest ? after.withBest(state.kept(spec)) : after;
  }
}
