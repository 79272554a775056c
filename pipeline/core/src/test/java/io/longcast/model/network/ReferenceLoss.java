package io.longcast.model.network;

import io.longcast.model.ModelOutput;
import java.util.List;

/** The losses as their definitions say, in double precision. */
final class ReferenceLoss {
  private final ModelOutput spec;

  ReferenceLoss(ModelOutput spec) {
    this.spec = spec;
  }

  double of(ReferenceNetwork.Outputs out, int t, double target) {
    double point = out.point()[t];
    double e = point - target;
    double d = spec.huberDelta();
    return switch (spec.loss()) {
      case MAE -> Math.abs(e) + quantiles(out, t, target);
      case MSE -> e * e + quantiles(out, t, target);
      case HUBER ->
          (Math.abs(e) < d ? e * e / (2 * d) : Math.abs(e) - d / 2) + quantiles(out, t, target);
      case GAUSSIAN -> Math.log(scale(out, t)) + .5 * Math.pow(e / scale(out, t), 2);
      case STUDENT_T ->
          Math.log(scale(out, t)) + 2.5 * Math.log(1 + Math.pow(e / scale(out, t), 2) / 4);
      case NEGATIVE_BINOMIAL -> counts(positive(point), out.extra()[t], target);
      case CROSS_ENTROPY -> classes(out, t, (int) target);
    };
  }

  private double quantiles(ReferenceNetwork.Outputs out, int t, double target) {
    List<Double> outer = spec.quantileLevels().stream().filter(level -> level != .5).toList();
    int below = (int) outer.stream().filter(level -> level < .5).count();
    double sum = 0;
    for (int g = 0; g < outer.size(); g++) {
      double quantile = out.point()[t];
      for (int k = Math.min(g, below); k <= Math.max(g, below - 1); k++) {
        boolean between = g < below ? k >= g && k < below : k >= below && k <= g;
        double a = out.extra()[t * outer.size() + k];
        quantile += between ? Math.copySign(.5 * (a + Math.sqrt(a * a + .01)), g - below + .5) : 0;
      }
      double residual = target - quantile;
      sum += Math.max(outer.get(g) * residual, (outer.get(g) - 1) * residual);
    }
    return outer.isEmpty() ? 0 : 2 * spec.quantileWeight() * sum / outer.size();
  }

  private static double positive(double x) {
    return .5 * (x + Math.sqrt(x * x + 1));
  }

  private static double scale(ReferenceNetwork.Outputs out, int t) {
    return positive(out.extra()[t]) + 1e-3;
  }

  /** With a unit of 1, by the product form of the gamma quotient for whole counts. */
  private static double counts(double positiveMean, double a, double target) {
    double mean = positiveMean + 1e-4;
    double r = positive(a) + 1e-4;
    double log = r * Math.log(r / (r + mean));
    for (int k = 0; k < Math.round(target); k++) {
      log += Math.log((r + k) / (k + 1)) + Math.log(mean / (r + mean));
    }
    return -log;
  }

  private double classes(ReferenceNetwork.Outputs out, int t, int target) {
    double sum = 0;
    for (int k = 0; k < spec.classes(); k++) {
      sum += Math.exp(out.extra()[t * spec.classes() + k]);
    }
    return Math.log(sum) - out.extra()[t * spec.classes() + target];
  }
}
