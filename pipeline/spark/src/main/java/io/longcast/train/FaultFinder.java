package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepReport;
import io.longcast.train.round.Fault;
import io.longcast.train.round.Fault.Kind;
import io.longcast.train.round.RoundInput;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Detects a failed step and looks for the windows that caused it: those with an input that is an
 * outlier among the batch's, else those whose own loss, under the parameters at the start of the
 * round, is not finite or an outlier.
 */
final class FaultFinder {
  private static final int MAX_NAMED = 8;

  private final RoundInput input;
  private final int shard;

  FaultFinder(RoundInput input, int shard) {
    this.input = input;
    this.shard = shard;
  }

  /** What is wrong with a step, if anything; not located yet. */
  Optional<Fault> check(StepReport report, long step) {
    if (!Double.isFinite(report.loss())) {
      return fault(step, Kind.LOSS_NOT_FINITE, report.loss(), Double.POSITIVE_INFINITY);
    }
    double norm = report.gradientNorm();
    if (!Double.isFinite(norm)) {
      return fault(step, Kind.GRADIENT_NOT_FINITE, norm, Double.POSITIVE_INFINITY);
    }
    // A round that is repeated with a lower clipping norm may meet longer gradients: they are
    // clipped.
    double maxNorm = input.maxGradientNorm() / input.clipShare();
    if (norm > maxNorm) {
      return fault(step, Kind.GRADIENT_TOO_LONG, norm, maxNorm);
    }
    return report.loss() > input.maxLoss()
        ? fault(step, Kind.LOSS_TOO_HIGH, report.loss(), input.maxLoss())
        : Optional.empty();
  }

  private Optional<Fault> fault(long step, Kind kind, double value, double limit) {
    return Optional.of(new Fault(shard, step, kind, value, limit, "", List.of()));
  }

  /** A fault with the windows that look like its cause. */
  Fault locate(Fault fault, String detail, WindowBatch batch, Trainable replica, WindowBatch one) {
    List<Fault.OutlierWindow> outliers = outlierInputs(batch);
    if (outliers.isEmpty()) {
      replica.load(input.parameters(), input.updaterOf(shard));
      outliers = outlierLosses(batch, replica, one);
    }
    return fault.with(detail, outliers);
  }

  private List<Fault.OutlierWindow> outlierInputs(WindowBatch batch) {
    double[] sizes = new double[batch.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Windows.largest(batch, i);
    }
    List<Fault.OutlierWindow> outlier = new ArrayList<>();
    double limit = input.outlierFactor() * Math.max(median(sizes), Float.MIN_NORMAL);
    for (int i = 0; i < sizes.length && outlier.size() < MAX_NAMED; i++) {
      if (!(sizes[i] <= limit)) {
        outlier.add(
            new Fault.OutlierWindow(Windows.name(batch, i), Windows.largestInput(batch, i)));
      }
    }
    return outlier;
  }

  private List<Fault.OutlierWindow> outlierLosses(
      WindowBatch batch, Trainable replica, WindowBatch one) {
    double[] losses = new double[batch.size()];
    for (int i = 0; i < losses.length; i++) {
      one.clear();
      Windows.copy(batch, i, one);
      Trainable.LossSum loss = replica.loss(one);
      losses[i] = loss.weight() == 0 ? 0 : loss.mean();
    }
    List<Fault.OutlierWindow> outlier = new ArrayList<>();
    double limit = input.outlierFactor() * Math.abs(median(losses));
    for (int i = 0; i < losses.length && outlier.size() < MAX_NAMED; i++) {
      if (!Double.isFinite(losses[i]) || limit > 0 && losses[i] > limit) {
        outlier.add(
            new Fault.OutlierWindow(Windows.name(batch, i), "its own loss is " + losses[i]));
      }
    }
    return outlier;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }
}
