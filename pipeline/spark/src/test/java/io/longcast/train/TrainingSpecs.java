package io.longcast.train;

import io.longcast.train.round.RoundMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings with one thing changed. */
final class TrainingSpecs {
  private TrainingSpecs() {}

  static TrainingSpec change(TrainingSpec spec, RateSpec rate) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.memberHoldout(),
        spec.seed(),
        spec.refit(),
        spec.rounds(),
        rate,
        spec.averaging(),
        spec.weightAverage(),
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        spec.divergence(),
        spec.from());
  }

  static TrainingSpec change(TrainingSpec spec, AveragingSpec averaging) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.memberHoldout(),
        spec.seed(),
        spec.refit(),
        spec.rounds(),
        spec.rate(),
        averaging,
        spec.weightAverage(),
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        spec.divergence(),
        spec.from());
  }

  static TrainingSpec keepingBest(TrainingSpec spec, int patience) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.memberHoldout(),
        spec.seed(),
        spec.refit(),
        spec.rounds(),
        spec.rate(),
        spec.averaging(),
        spec.weightAverage(),
        TrainingSpec.Keep.BEST,
        new ValidationSpec(1, patience, 0),
        spec.checkpoint(),
        spec.divergence(),
        spec.from());
  }

  static TrainingSpec withDivergence(TrainingSpec spec, DivergenceSpec divergence) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.memberHoldout(),
        spec.seed(),
        spec.refit(),
        spec.rounds(),
        spec.rate(),
        spec.averaging(),
        spec.weightAverage(),
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        divergence,
        spec.from());
  }

  static TrainingSpec withWeightAverage(TrainingSpec spec, double decay) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.memberHoldout(),
        spec.seed(),
        spec.refit(),
        spec.rounds(),
        spec.rate(),
        spec.averaging(),
        decay,
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        spec.divergence(),
        spec.from());
  }

  static TrainingSpec saving(TrainingSpec spec, Path folder, int every) {
    return spec.withCheckpoint(
        new CheckpointSpec(Optional.of(folder.toString()), every, Duration.ZERO, 2));
  }

  static TrainingSpec withRounds(TrainingSpec spec, RoundMode rounds) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.memberHoldout(),
        spec.seed(),
        spec.refit(),
        rounds,
        spec.rate(),
        spec.averaging(),
        spec.weightAverage(),
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        spec.divergence(),
        spec.from());
  }
}
