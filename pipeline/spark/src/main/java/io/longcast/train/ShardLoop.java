package io.longcast.train;

import io.longcast.metrics.TaskCounter;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepReport;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.train.round.Fault;
import io.longcast.train.round.RoundInput;
import io.longcast.train.round.RoundStats;
import io.longcast.train.round.Seeds;
import io.longcast.window.WindowBatch;
import java.util.List;
import java.util.Optional;

/** The steps of one shard in one round. */
final class ShardLoop {
  private final RoundInput input;
  private final int shard;
  private final FaultFinder faults;
  private long windows;
  private int steps;
  private double lossSum;
  private double normSum;
  private double maxNorm;
  private int clipped;
  private LayerSums layers;
  private final TimeStepSums timeSteps = new TimeStepSums();
  private Fault fault;

  ShardLoop(RoundInput input, int shard) {
    this.input = input;
    this.shard = shard;
    faults = new FaultFinder(input, shard);
  }

  void run(Trainable replica, ShardData data, WindowBatch batch) {
    layers = new LayerSums(replica);
    for (int i = 0; i < input.steps() && fault == null; i++) {
      long step = input.firstStep() + i;
      data.fill(batch, step);
      leaveOutSkipped(batch);
      long dropoutSeed = Seeds.dropout(input.seed(), shard, step);
      StepReport report =
          replica.step(
              batch,
              new StepSettings(
                  input.iteration() + i,
                  input.rates()[i],
                  dropoutSeed,
                  input.clipShare(),
                  input.timeStepNorms()));
      Optional<Fault> failed = faults.check(report, step);
      if (failed.isEmpty()) {
        add(report);
        layers.add(report.clipped());
        timeSteps.add(replica.timeStepNorms());
      } else {
        String detail = layers.culprit() + TimeStepSums.text(replica.timeStepNorms());
        fault = faults.locate(failed.get(), detail, batch, replica, data.newBatch(1));
      }
    }
    TaskCounter.WINDOWS_TRAINED.add(windows);
  }

  private void leaveOutSkipped(WindowBatch batch) {
    if (input.skipped().isEmpty()) {
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      if (input.skipped().contains(Windows.name(batch, i))) {
        Windows.blank(batch, i);
      }
    }
  }

  private void add(StepReport report) {
    windows += report.examples();
    steps++;
    lossSum += report.loss() * report.examples();
    normSum += report.gradientNorm();
    maxNorm = Math.max(maxNorm, report.gradientNorm());
    clipped += report.clipped() ? 1 : 0;
  }

  Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  /** The last step left a parameter that is not finite. */
  Fault parameterFault() {
    return new Fault(
        shard,
        input.firstStep() + steps - 1,
        Fault.Kind.PARAMETER_NOT_FINITE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        "",
        List.of());
  }

  RoundStats stats(long computeNanos, long fetchNanos, String slot, String numerics) {
    return new RoundStats(
        windows,
        steps,
        lossSum,
        normSum,
        maxNorm,
        clipped,
        computeNanos,
        fetchNanos,
        slot,
        numerics,
        layers == null ? List.of() : layers.stats(),
        timeSteps.sums(),
        true);
  }
}
