package io.longcast.train;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import io.longcast.train.round.RoundMode;
import io.longcast.window.HoldoutBlock;
import java.io.Serializable;
import java.util.Optional;

/**
 * How a network is trained: section {@code training} of the configuration.
 *
 * <p>A <em>shard</em> is a logical worker and decides, with data and seed, what comes out; how many
 * executors run the shards does not. A <em>step</em> is one update of every shard.
 *
 * @param shards logical workers, 1 to 4096; never derived from the cluster. Default 4
 * @param averagingFrequency steps between two averages (a round), 1 to 100000. Default 5
 * @param batchSize windows of a minibatch of one shard, 1 to 65536. Default 128
 * @param steps updates a shard, at least 1; at least 500 pay. Default 2000
 * @param epochs passes over the windows, more than 0; where given it replaces {@code steps}.
 *     Default: absent
 * @param members networks of different seeds, trained side by side on the same shards; their
 *     forecasts are averaged. 1 to 64. Default 1
 * @param memberHoldout whether each member of an ensemble also leaves out a different block of
 *     time, one of as many as there are members. Default false
 * @param seed of the initial parameters, the order of windows and dropout. Default 1
 * @param refit whether the promoted model is trained again on all rows up to the origin with the
 *     same steps; done by the flow. Default true
 * @param rounds how rounds are carried out, which changes no bit of the result: one stage for all,
 *     or a job each; members of an ensemble, which share the cores, always take jobs. Default auto
 * @param rate learning rate over the steps
 * @param averaging how the shards' results become one
 * @param weightAverage share that a step keeps of the moving mean of the parameters, which is then
 *     what is validated and handed back, 0 to 1 (excluded); 0 for the parameters themselves.
 *     Default 0
 * @param keep the parameters handed back: {@code last}, or {@code best} on the validation windows.
 *     Default last
 * @param validation when the validation loss is computed, early stopping
 * @param checkpoint when the state is saved
 * @param divergence what counts as a failed round, and what is done about it
 * @param from the parameters to start from: {@code random}, or {@code zero} for the pretrained
 *     network. Default random
 */
public record TrainingSpec(
    int shards,
    int averagingFrequency,
    int batchSize,
    int steps,
    Optional<Double> epochs,
    int members,
    boolean memberHoldout,
    long seed,
    boolean refit,
    RoundMode rounds,
    RateSpec rate,
    AveragingSpec averaging,
    double weightAverage,
    Keep keep,
    ValidationSpec validation,
    CheckpointSpec checkpoint,
    DivergenceSpec divergence,
    From from)
    implements Serializable {
  /** Between the seeds of neighbouring members: far from the small numbers that users pick. */
  private static final long SEED_STEP = 1_000_003;

  /** Which parameters are handed back. */
  public enum Keep {
    LAST,
    BEST
  }

  /** What training starts from. */
  public enum From {
    /** Drawn from the seed. */
    RANDOM,
    /** The network in the jar. */
    ZERO
  }

  public TrainingSpec {
    if (from == From.ZERO && members > 1) {
      throw new SettingException(
          "training.members",
          "members that start from the pretrained network (training.from = zero) would hardly"
              + " differ: expected 1, found "
              + members);
    }
    SettingChecks.inRange(shards, 1, 4096, "training.shards");
    SettingChecks.inRange(averagingFrequency, 1, 100_000, "training.averagingFrequency");
    SettingChecks.inRange(batchSize, 1, 65_536, "training.batchSize");
    SettingChecks.inRange(members, 1, 64, "training.members");
    SettingChecks.atLeast(steps, 1, "training.steps");
    SettingChecks.shareBelowOne(weightAverage, "training.weightAverage");
    if (weightAverage > 0 && averaging.updaterState() != AveragingSpec.UpdaterState.AVERAGED) {
      throw new SettingException(
          "training.weightAverage",
          "a moving mean of the parameters is averaged with the updater's state: set"
              + " training.averaging.updaterState = averaged");
    }
    epochs.ifPresent(passes -> SettingChecks.positive(passes, "training.epochs"));
    if (keep == Keep.BEST && validation.everyRounds() == 0) {
      throw new SettingException(
          "training.validation.everyRounds",
          "keep = best needs validation passes: everyRounds must be >= 1, found 0");
    }
  }

  /**
   * Updates a shard makes.
   *
   * @param windowsPerShard training windows of the largest shard
   */
  public long stepsFor(long windowsPerShard) {
    return epochs
        .map(passes -> Math.max(1L, (long) Math.ceil(passes * windowsPerShard / batchSize)))
        .orElse((long) steps);
  }

  /** The same with another seed. */
  public TrainingSpec withSeed(long other) {
    return new TrainingSpec(
        shards,
        averagingFrequency,
        batchSize,
        steps,
        epochs,
        members,
        memberHoldout,
        other,
        refit,
        rounds,
        rate,
        averaging,
        weightAverage,
        keep,
        validation,
        checkpoint,
        divergence,
        from);
  }

  /** The same with another rate at the end of the warm-up. */
  public TrainingSpec withPeakRate(double peak) {
    return new TrainingSpec(
        shards,
        averagingFrequency,
        batchSize,
        steps,
        epochs,
        members,
        memberHoldout,
        seed,
        refit,
        rounds,
        rate.withPeak(peak),
        averaging,
        weightAverage,
        keep,
        validation,
        checkpoint,
        divergence,
        from);
  }

  /**
   * The settings of one member of an ensemble: alone, with its own seed (the first has the
   * ensemble's) and checkpoints in its own folder.
   *
   * @param member from 1
   */
  public TrainingSpec member(int member) {
    CheckpointSpec own = checkpoint.below("member-" + member);
    return new TrainingSpec(
        shards,
        averagingFrequency,
        batchSize,
        steps,
        epochs,
        1,
        false,
        seed + (member - 1) * SEED_STEP,
        refit,
        members == 1 ? rounds : RoundMode.JOB,
        rate,
        averaging,
        weightAverage,
        keep,
        validation,
        own,
        divergence,
        from);
  }

  /**
   * What one member leaves out of its training.
   *
   * @param member from 1
   */
  public HoldoutBlock cut(int member) {
    return memberHoldout ? new HoldoutBlock(member - 1, members) : HoldoutBlock.NONE;
  }

  /** The same with other checkpoints, which do not change what is learnt. */
  public TrainingSpec withCheckpoint(CheckpointSpec other) {
    return new TrainingSpec(
        shards,
        averagingFrequency,
        batchSize,
        steps,
        epochs,
        members,
        memberHoldout,
        seed,
        refit,
        rounds,
        rate,
        averaging,
        weightAverage,
        keep,
        validation,
        other,
        divergence,
        from);
  }
}
