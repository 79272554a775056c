package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import java.util.List;

/** The losses as their definitions say, in double precision. */
final class ReferenceLoss {
  private final ModelSpec.Output spec;

  ReferenceLoss(ModelSpec.Output spec) {
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
      default -> throw new IllegalArgumentException("no reference for " + spec.loss());
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
}
