package io.longcast.model.network.loss;

import io.longcast.model.ModelOutput;
import io.longcast.series.Scalars;
import java.util.List;

/**
 * Negative log-likelihood of a negative binomial distribution of counts. With the window's spread
 * as the unit, the mean is {@code spread * s(point)} and the shape (1 / overdispersion) {@code
 * s(a)}, where {@code s(x) = (x + sqrt(x^2 + 1)) / 2} is positive (after Salinas et al. 2020, whose
 * softplus it replaces). Made for level {@code zero}, spread {@code mean-absolute} and no
 * transform.
 */
final class CountLoss implements OutputLoss {
  private static final double LEAST = 1e-4;
  private static final int MOST_TERMS = 20_000;

  private final List<Double> levels;

  CountLoss(ModelOutput output) {
    levels = output.quantileLevels();
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
    return 0.75f;
  }

  @Override
  public List<Double> levels() {
    return levels;
  }

  private static double positive(double x) {
    return 0.5 * (x + Math.sqrt(x * x + 1)) + LEAST;
  }

  private static double slope(double x) {
    return 0.5 * (1 + x / Math.sqrt(x * x + 1));
  }

  @Override
  public double point(Outputs out, int at) {
    return positive(out.point[at]);
  }

  @Override
  public double sum(Outputs out, double gradientScale) {
    int horizon = out.horizon();
    double sum = 0;
    for (int at = 0; at < out.count(); at++) {
      double unit = out.spread[at / horizon];
      double y = Math.max(0, out.target[at] * unit);
      double mean = unit * positive(out.point[at]);
      double r = positive(out.extra[at]);
      double weight = out.weight[at];
      double total = r + mean;
      double loss =
          GammaFunction.log(r)
              + GammaFunction.log(y + 1)
              - GammaFunction.log(y + r)
              - r * Scalars.log(r / total)
              - y * Scalars.log(mean / total);
      sum += weight * loss;
      double byMean = (r + y) / total - y / mean;
      double byShape =
          GammaFunction.digamma(r)
              - GammaFunction.digamma(y + r)
              - Scalars.log(r / total)
              - 1
              + (r + y) / total;
      double scale = weight * gradientScale;
      out.dPoint[at] = (float) (scale * byMean * unit * slope(out.point[at]));
      out.dExtra[at] = (float) (scale * byShape * slope(out.extra[at]));
    }
    return sum;
  }

  /**
   * By adding up the probabilities; after a maximum number of terms the last count reached is
   * returned.
   */
  @Override
  public void quantiles(Outputs out, int at, double[] into) {
    double unit = out.spread[at / out.horizon()];
    double mean = unit * positive(out.point[at]);
    double r = positive(out.extra[at]);
    double share = mean / (r + mean);
    double term = Scalars.exp(r * Scalars.log(r / (r + mean)));
    double below = term;
    int count = 0;
    for (int q = 0; q < into.length; q++) {
      while (below < levels.get(q) && count < MOST_TERMS) {
        term *= share * (count + r) / (count + 1);
        below += term;
        count++;
      }
      into[q] = count / unit;
    }
  }
}
