package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.train.round.RoundEngine;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from its first round, or its checkpoint, to its end: train a round, validate, save.
 *
 * @param <B> what partitions hold
 */
final class TrainingRun<B> {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final Trainer trainer;
  private final TrainingSpec spec;
  private final RoundEngine<B> engine;
  private final WindowTasks<B> tasks;
  private final TrainingData<B> data;
  private final Validation<B> validation;
  private TrainingPreflight muster;
  private long steps;
  private String readSeconds;
  private TrainingState state;

  TrainingRun(Trainer trainer, RoundEngine<B> engine, TrainingData<B> data) {
    this.trainer = trainer;
    this.spec = trainer.spec();
    this.engine = engine;
    this.data = data;
    tasks =
        new WindowTasks<>(
            data.opener(), MovingMean.of(trainer.factory(), spec), trainer.numerics());
    validation = new Validation<>(trainer, engine, tasks);
  }

  TrainingResult toEnd(boolean resumed) {
    begin();
    try (Checkpointer checkpoints = new Checkpointer(trainer, identity())) {
      start(resumed ? checkpoints.resumed() : checkpoints.fresh());
      rounds(checkpoints);
    }
    return result();
  }

  private void rounds(Checkpointer checkpoints) {
    Rounds<B> rounds = new Rounds<>(trainer, engine, tasks, muster.numerics(), steps);
    while (!atEnd()) {
      state = rounds.next(state);
      if (validation.isDue(state.cursor(), steps)) {
        state = validation.pass(state, rounds.input(state));
      }
      trainer.progress().round(state.history().get(state.history().size() - 1), steps);
      checkpoints.afterRound(state, atEnd());
    }
  }

  private boolean atEnd() {
    return state.cursor().step() >= steps || state.cursor().stopped();
  }

  private void begin() {
    long begin = System.nanoTime();
    muster =
        TrainingPreflight.of(
            engine.run(tasks::present, new byte[0]).stream().map(WindowTasks::presence).toList());
    steps = spec.stepsFor(muster.maxWindows());
    readSeconds = seconds(System.nanoTime() - begin);
  }

  private void start(Optional<TrainingState> saved) {
    state = saved.orElseGet(() -> TrainingState.start(initialParameters()));
    LOG.info(
        "training on {} windows in {} shards, {} parameters, {} steps of {} from step {}, {}"
            + " ({} s to read)",
        muster.windows(),
        engine.shards(),
        muster.parameters(),
        steps,
        spec.batchSize(),
        state.cursor().step(),
        muster.numerics(),
        readSeconds);
    LOG.info(
        "an executor needs in addition to its heap about what {} grants",
        muster
            .executorMemory(engine.shards(), engine.tasks(), engine.executors(), executorHeap())
            .setting());
  }

  private long executorHeap() {
    return (long) trainer.context().sc().executorMemory() << 20;
  }

  private Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>(data.identity());
    identity.putAll(Settings.of(spec));
    identity.put("data.fingerprint", muster.fingerprint());
    identity.put("numerics", muster.numerics());
    return identity;
  }

  private float[] initialParameters() {
    try (Trainable replica = trainer.factory().open()) {
      replica.initialize(spec.seed());
      float[] parameters = new float[replica.parameterCount()];
      replica.store(parameters, null);
      return parameters;
    }
  }

  private TrainingResult result() {
    TrainingPosition cursor = state.cursor();
    boolean best = state.best().length > 0;
    return new TrainingResult(
        best ? state.best() : state.kept(spec),
        state.updater(spec),
        cursor.step(),
        cursor.round(),
        best ? cursor.bestLoss() : cursor.validationLoss(),
        muster.numerics(),
        muster.fingerprint(),
        state.history(),
        cursor.recoveries());
  }

  private static String seconds(long nanos) {
    return String.format("%.2f", nanos / 1e9);
  }
}
