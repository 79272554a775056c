package io.longcast.train;

import io.longcast.metrics.RunCounter;
import io.longcast.train.round.OneNumerics;
import io.longcast.train.round.RoundEngine;
import io.longcast.train.round.RoundInput;
import io.longcast.train.round.ShardResult;
import io.longcast.train.round.ShardTask;
import io.longcast.train.round.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rounds of a run: from one state to the next, with a recovery and once more where a round
 * fails.
 *
 * @param <B> what partitions hold
 */
final class Rounds<B> {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final TrainingSpec spec;
  private final TrainingProgress progress;
  private final RoundEngine<B> engine;
  private final ShardTask<B> train;
  private final String numerics;
  private final long steps;
  private final RecoveryPolicy recovery;
  private final OuterStep outer;

  /**
   * @param train what a shard does in a round
   * @param numerics of the first round
   * @param steps of each shard in all
   */
  Rounds(Trainer trainer, RoundEngine<B> engine, ShardTask<B> train, String numerics, long steps) {
    this.spec = trainer.spec();
    this.progress = trainer.progress();
    this.engine = engine;
    this.train = train;
    this.numerics = numerics;
    this.steps = steps;
    recovery = new RecoveryPolicy(spec.divergence());
    outer = new OuterStep(spec.averaging());
  }

  /** The state after the next good round. */
  TrainingState next(TrainingState before) {
    boolean apart = spec.averaging().updaterState() == AveragingSpec.UpdaterState.KEPT;
    for (TrainingState state = before; ; ) {
      long begin = System.nanoTime();
      RoundInput input = input(state);
      Sums sums = engine.sum(train, input.toBytes(), apart);
      requireOneNumerics(sums);
      if (sums.faults().isEmpty()) {
        return accepted(state, input, sums, System.nanoTime() - begin);
      }
      state = state.with(recovery.after(state.cursor(), sums.faults()));
      List<TrainingRecovery> recoveries = state.cursor().recoveries();
      String line = recoveries.get(recoveries.size() - 1).toString();
      LOG.warn(line);
      RunCounter.TRAINING_RECOVERIES.add(1);
      progress.event(line);
    }
  }

  /** The input of the shards for the round that follows a state. */
  RoundInput input(TrainingState state) {
    TrainingPosition cursor = state.cursor();
    DivergenceSpec limits = spec.divergence();
    boolean reset = spec.averaging().updaterState() == AveragingSpec.UpdaterState.RESET;
    return new RoundInput(
        state.parameters(),
        state.updaters(),
        cursor.step(),
        reset ? 0 : cursor.step(),
        rates(cursor),
        cursor.clipShare(),
        spec.batchSize(),
        spec.seed(),
        maxLoss(cursor),
        limits.maxGradientNorm(),
        limits.outlierFactor(),
        limits.timeStepNorms(),
        new TreeSet<>(cursor.skipped()));
  }

  /** Of each step of the round, on the schedule of the whole run. */
  private double[] rates(TrainingPosition cursor) {
    long length = cursor.step() < spec.averaging().warmUpSteps() ? 1 : spec.averagingFrequency();
    double[] rates = new double[(int) Math.min(length, steps - cursor.step())];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = cursor.rateFactor() * spec.rate().at(cursor.step() + i, steps, spec.shards());
    }
    return rates;
  }

  private double maxLoss(TrainingPosition cursor) {
    return cursor.lastLoss() > 0
        ? spec.divergence().maxLossRise() * cursor.lastLoss()
        : Double.POSITIVE_INFINITY;
  }

  private void requireOneNumerics(Sums sums) {
    OneNumerics all = new OneNumerics();
    all.add(numerics, "the first round");
    sums.results().forEach(result -> all.add(result.stats().numerics(), result.stats().slot()));
    all.require();
  }

  private TrainingState accepted(TrainingState before, RoundInput input, Sums sums, long nanos) {
    float[] velocity = before.velocity();
    float[] parameters = sums.parameters();
    if (outer.needsVelocity()) {
      velocity = velocity.length == 0 ? new float[parameters.length] : velocity.clone();
      parameters = outer.apply(before.parameters(), parameters, velocity);
    }
    RoundRecord record = RoundRecords.of(before.cursor(), input, sums, parameters, nanos);
    List<RoundRecord> history = new ArrayList<>(before.history());
    history.add(record);
    TrainingPosition cursor = before.cursor().afterRound(input.steps(), record.trainLoss());
    return new TrainingState(cursor, parameters, updaters(sums), velocity, before.best(), history);
  }

  private List<float[]> updaters(Sums sums) {
    if (sums.updater().length == 0) {
      return List.of();
    }
    return switch (spec.averaging().updaterState()) {
      case AVERAGED -> List.of(sums.updater());
      case KEPT -> sums.results().stream().map(ShardResult::updater).toList();
      case RESET -> List.of();
    };
  }
}
