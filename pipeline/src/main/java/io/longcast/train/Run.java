package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.model.Trainable.LossSum;
import io.longcast.train.round.RoundEngine;
import io.longcast.train.round.RoundInput;
import io.longcast.train.round.ShardResult;
import io.longcast.train.round.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from its first round, or its checkpoint, to its end: train a round, validate, save.
 *
 * @param <B> what partitions hold
 */
final class Run<B> {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Trainer trainer;
  private final TrainingSpec spec;
  private final RoundEngine<B> engine;
  private final WindowTasks<B> tasks;
  private final TrainingData<B> data;
  private final Remedy remedy;
  private final OuterStep outer;
  private Muster muster;
  private long steps;
  private RunState state;
  private Saving saving;

  Run(Trainer trainer, RoundEngine<B> engine, TrainingData<B> data) {
    this.trainer = trainer;
    this.spec = trainer.spec();
    this.engine = engine;
    this.data = data;
    tasks = new WindowTasks<>(data.opener(), trainer.factory(), trainer.numerics());
    remedy = new Remedy(spec.divergence());
    outer = new OuterStep(spec.averaging());
  }

  TrainingResult toEnd(boolean resumed) {
    begin(resumed);
    while (state.cursor().step() < steps && !state.cursor().stopped()) {
      trainRound();
      if (validationIsDue()) {
        validate();
      }
      saving.afterRound(state, atEnd());
    }
    return result();
  }

  private boolean atEnd() {
    return state.cursor().step() >= steps || state.cursor().stopped();
  }

  private void begin(boolean resumed) {
    long begin = System.nanoTime();
    WindowTasks<B> shipped = tasks;
    muster =
        Muster.of(
            engine.run(shipped::present, new byte[0]).stream().map(WindowTasks::presence).toList());
    steps = spec.stepsFor(muster.mostWindows());
    saving = new Saving(trainer, identity());
    Optional<RunState> saved = resumed ? saving.resumed() : saving.fresh();
    state = saved.orElseGet(() -> RunState.start(initialParameters()));
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
        seconds(System.nanoTime() - begin));
    LOG.info(
        "an executor needs beside its heap about what {} grants",
        muster.executorMemory(engine.shards(), engine.tasks(), engine.executors()).setting());
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

  private void trainRound() {
    while (true) {
      long begin = System.nanoTime();
      RoundInput input = input();
      WindowTasks<B> shipped = tasks;
      boolean apart = spec.averaging().updaterState() == AveragingSpec.UpdaterState.KEPT;
      Sums sums = engine.sum(shipped::train, input.toBytes(), apart);
      requireOneNumerics(sums);
      if (sums.faults().isEmpty()) {
        accept(input, sums, System.nanoTime() - begin);
        return;
      }
      state = state.with(remedy.after(state.cursor(), sums.faults()));
      String line = state.cursor().remedies().get(state.cursor().remedies().size() - 1);
      LOG.warn(line);
      trainer.progress().event(line);
    }
  }

  private RoundInput input() {
    Cursor cursor = state.cursor();
    long length = cursor.step() < spec.averaging().warmUpSteps() ? 1 : spec.averagingFrequency();
    double[] rates = new double[(int) Math.min(length, steps - cursor.step())];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = cursor.rateFactor() * spec.rate().at(cursor.step() + i, steps, spec.shards());
    }
    boolean reset = spec.averaging().updaterState() == AveragingSpec.UpdaterState.RESET;
    DivergenceSpec limits = spec.divergence();
    double mostLoss =
        cursor.lastLoss() > 0
            ? limits.mostLossRise() * cursor.lastLoss()
            : Double.POSITIVE_INFINITY;
    return new RoundInput(
        state.parameters(),
        state.updaters(),
        cursor.step(),
        reset ? 0 : cursor.step(),
        rates,
        cursor.clipShare(),
        spec.batchSize(),
        spec.seed(),
        mostLoss,
        limits.mostGradientNorm(),
        limits.oddValue(),
        limits.timeStepNorms(),
        new TreeSet<>(cursor.skipped()));
  }

  private void requireOneNumerics(Sums sums) {
    Map<String, TreeSet<String>> executors = new TreeMap<>();
    executors.computeIfAbsent(muster.numerics(), any -> new TreeSet<>()).add("the first round");
    for (ShardResult result : sums.results()) {
      executors
          .computeIfAbsent(result.stats().numerics(), any -> new TreeSet<>())
          .add(result.stats().slot());
    }
    if (executors.size() > 1) {
      throw new IllegalStateException(Muster.refusal(executors));
    }
  }

  private void accept(RoundInput input, Sums sums, long nanos) {
    float[] velocity = state.velocity();
    float[] parameters = sums.parameters();
    if (outer.needsVelocity()) {
      velocity = velocity.length == 0 ? new float[parameters.length] : velocity.clone();
      parameters = outer.apply(state.parameters(), parameters, velocity);
    }
    RoundRecord record = RoundRecords.of(state.cursor(), input, sums, parameters, nanos);
    List<RoundRecord> history = new ArrayList<>(state.history());
    history.add(record);
    Cursor cursor = state.cursor().afterRound(input.steps(), record.trainLoss());
    state = new RunState(cursor, parameters, updaters(sums), velocity, state.best(), history);
    trainer.progress().round(record, steps);
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

  private boolean validationIsDue() {
    int every = spec.validation().everyRounds();
    return state.cursor().step() >= steps || every > 0 && state.cursor().round() % every == 0;
  }

  private void validate() {
    WindowTasks<B> shipped = tasks;
    LossSum sum = new LossSum(0, 0);
    for (byte[] shard : engine.run(shipped::validate, input().toBytes())) {
      sum = sum.plus(WindowTasks.lossSum(shard));
    }
    double loss = sum.mean();
    List<RoundRecord> history = new ArrayList<>(state.history());
    int last = history.size() - 1;
    history.set(last, history.get(last).withValidationLoss(loss));
    state = state.withHistory(history);
    judge(loss);
  }

  private void judge(double loss) {
    double best = state.cursor().bestLoss();
    boolean better =
        Double.isNaN(best) || loss < best - Math.abs(best) * spec.validation().leastGain();
    boolean keepBest = spec.keep() == TrainingSpec.Keep.BEST;
    int patience = spec.validation().patience();
    boolean stop =
        keepBest && patience > 0 && !better && state.cursor().passesWithoutGain() + 1 >= patience;
    state = state.with(state.cursor().afterValidation(loss, better, stop));
    if (better && keepBest) {
      state = state.withBest(state.parameters());
    }
    if (stop) {
      trainer.progress().event("stopped after " + patience + " passes without a better loss");
    }
  }

  private TrainingResult result() {
    Cursor cursor = state.cursor();
    boolean best = state.best().length > 0;
    return new TrainingResult(
        best ? state.best() : state.parameters(),
        state.updaters().size() == 1 ? state.updaters().get(0) : new float[0],
        cursor.step(),
        cursor.round(),
        best ? cursor.bestLoss() : cursor.validationLoss(),
        muster.numerics(),
        muster.fingerprint(),
        state.history(),
        cursor.remedies());
  }

  private static String seconds(long nanos) {
    return String.format("%.2f", nanos / 1e9);
  }
}
