package io.longcast.model.network.loss;

import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.series.NormalDistribution;
import io.longcast.series.Scalars;
import java.util.List;

/**
 * Negative log-likelihood of a normal distribution, or of Student's t with four degrees of freedom,
 * around the point, up to a constant. The extra output {@code a} gives the scale {@code (a +
 * sqrt(a^2 + 1)) / 2 + 0.001}. Quantiles come from the distribution; those of t with four degrees
 * have a closed form (Shaw 2006, equation 37).
 */
final class DistributionLoss implements OutputLoss {
  private static final double LEAST_SCALE = 1e-3;
  private static final double DEGREES = 4;
  private static final float START = -0.55f;

  private final boolean normal;
  private final List<Double> levels;
  private final double[] standard;

  DistributionLoss(ModelOutput output) {
    normal = output.loss() == Loss.GAUSSIAN;
    levels = output.quantileLevels();
    standard = levels.stream().mapToDouble(this::standardQuantile).toArray();
  }

  @Override
  public int extras() {
    return 1;
  }

  @Override
  public boolean extrasTrainTrunk() {
    return true;
  }

  @Override
  public float initialExtra(int extra) {
    return START;
  }

  @Override
  public List<Double> levels() {
    return levels;
  }

  private double standardQuantile(double level) {
    if (normal) {
      return NormalDistribution.quantile(level);
    }
    double alpha = 4 * level * (1 - level);
    double q = 4 * Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha);
    return Math.copySign(Math.sqrt(Math.max(0, q - 4)), level - 0.5);
  }

  private static double scale(double a) {
    return 0.5 * (a + Math.sqrt(a * a + 1)) + LEAST_SCALE;
  }

  @Override
  public void quantiles(Outputs out, int at, double[] into) {
    double scale = scale(out.extra[at]);
    for (int q = 0; q < into.length; q++) {
      into[q] = out.point[at] + scale * standard[q];
    }
  }

  @Override
  public double sum(Outputs out, double gradientScale) {
    int n = out.count();
    double sum = 0;
    for (int at = 0; at < n; at++) {
      double a = out.extra[at];
      double scale = scale(a);
      double r = (out.target[at] - out.point[at]) / scale;
      double weight = out.weight[at];
      sum += weight * (Scalars.log(scale) + energy(r));
      double force = force(r);
      double slope = 0.5 * (1 + a / Math.sqrt(a * a + 1));
      out.dPoint[at] = (float) (-weight * gradientScale * force / scale);
      out.dExtra[at] = (float) (weight * gradientScale * slope * (1 - r * force) / scale);
    }
    return sum;
  }

  private double energy(double r) {
    return normal ? 0.5 * r * r : 0.5 * (DEGREES + 1) * Scalars.log(1 + r * r / DEGREES);
  }

  /** Derivative of the energy. */
  private double force(double r) {
    return normal ? r : (DEGREES + 1) * r / (DEGREES + r * r);
  }
}
