package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepReport;
import io.longcast.train.round.Fault;
import io.longcast.train.round.RoundInput;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells a failed step, and looks for the windows that caused it: those with an input out of all
 * proportion to the others', and those whose own loss, under the parameters the round began with,
 * is not a number or stands out as much.
 */
final class FaultFinder {
  private static final int MOST_NAMED = 8;

  private final RoundInput input;
  private final int shard;

  FaultFinder(RoundInput input, int shard) {
    this.input = input;
    this.shard = shard;
  }

  /** What is wrong with a step, or null. */
  String kind(StepReport report) {
    if (!Double.isFinite(report.loss())) {
      return "loss is " + report.loss();
    }
    if (!Double.isFinite(report.gradientNorm())) {
      return "gradient norm is " + report.gradientNorm();
    }
    // A round that is run again with shorter gradients may meet longer ones: they are cut.
    double maxNorm = input.maxGradientNorm() / input.clipShare();
    if (report.gradientNorm() > maxNorm) {
      return Fault.LONG_GRADIENT + report.gradientNorm() + " exceeds " + maxNorm;
    }
    if (report.loss() > input.maxLoss()) {
      return "loss " + report.loss() + " exceeds " + input.maxLoss();
    }
    return null;
  }

  /** The fault of a step, with the windows that look like its cause. */
  Fault locate(String kind, long step, WindowBatch batch, Trainable replica, WindowBatch single) {
    List<Fault.OutlierWindow> outlier = outlierInputs(batch);
    if (outlier.isEmpty()) {
      replica.load(input.parameters(), input.updaterOf(shard));
      outlier = outlierLosses(batch, replica, single);
    }
    return new Fault(shard, step, kind, outlier);
  }

  private List<Fault.OutlierWindow> outlierInputs(WindowBatch batch) {
    double[] sizes = new double[batch.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Windows.largest(batch, i);
    }
    List<Fault.OutlierWindow> outlier = new ArrayList<>();
    double limit = input.outlierFactor() * Math.max(median(sizes), Float.MIN_NORMAL);
    for (int i = 0; i < sizes.length && outlier.size() < MOST_NAMED; i++) {
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
    for (int i = 0; i < losses.length && outlier.size() < MOST_NAMED; i++) {
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
