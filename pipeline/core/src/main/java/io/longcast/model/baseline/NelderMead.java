package io.longcast.model.baseline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/** The simplex method of Nelder and Mead (1965) within bounds, to which points are clipped. */
final class NelderMead {
  private static final double TOLERANCE = 1e-7;

  private final double[] lower;
  private final double[] upper;
  private final ToDoubleFunction<double[]> cost;

  /**
   * @param cost what to make least; infinite or NaN where a point is not possible
   */
  NelderMead(double[] lower, double[] upper, ToDoubleFunction<double[]> cost) {
    this.lower = lower;
    this.upper = upper;
    this.cost = cost;
  }

  /** A point and its cost. */
  record Vertex(double[] x, double cost) {}

  /**
   * Searches.
   *
   * @param start a point within the bounds
   * @param width of the first simplex in each direction
   * @param evaluations at most about so many
   */
  Vertex search(double[] start, double[] width, int evaluations) {
    int n = start.length;
    Vertex[] simplex = new Vertex[n + 1];
    simplex[0] = at(start);
    for (int i = 0; i < n; i++) {
      double[] x = start.clone();
      x[i] += x[i] + width[i] > upper[i] ? -width[i] : width[i];
      simplex[i + 1] = at(x);
    }
    int left = evaluations - n - 1;
    while (left > 0) {
      Arrays.sort(simplex, Comparator.comparingDouble(Vertex::cost));
      if (simplex[n].cost() - simplex[0].cost() <= TOLERANCE * Math.abs(simplex[0].cost())) {
        break;
      }
      left -= step(simplex);
    }
    Arrays.sort(simplex, Comparator.comparingDouble(Vertex::cost));
    return simplex[0];
  }

  /** Replaces the worst vertex, or shrinks; returns the evaluations it took. */
  private int step(Vertex[] simplex) {
    int n = simplex.length - 1;
    double[] centre = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        centre[j] += simplex[i].x()[j] / n;
      }
    }
    Vertex worst = simplex[n];
    Vertex reflected = along(centre, worst, -1);
    if (reflected.cost() < simplex[0].cost()) {
      Vertex expanded = along(centre, worst, -2);
      simplex[n] = expanded.cost() < reflected.cost() ? expanded : reflected;
      return 2;
    }
    if (reflected.cost() < simplex[n - 1].cost()) {
      simplex[n] = reflected;
      return 1;
    }
    Vertex contracted = along(centre, worst, reflected.cost() < worst.cost() ? -0.5 : 0.5);
    if (contracted.cost() < Math.min(worst.cost(), reflected.cost())) {
      simplex[n] = contracted;
      return 2;
    }
    for (int i = 1; i <= n; i++) {
      simplex[i] = along(simplex[0].x(), simplex[i], 0.5);
    }
    return 2 + n;
  }

  private Vertex along(double[] centre, Vertex from, double factor) {
    double[] x = new double[centre.length];
    for (int j = 0; j < x.length; j++) {
      x[j] = centre[j] + factor * (from.x()[j] - centre[j]);
    }
    return at(x);
  }

  private Vertex at(double[] x) {
    double[] inside = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      inside[j] = Math.max(lower[j], Math.min(upper[j], x[j]));
    }
    double found = cost.applyAsDouble(inside);
    return new Vertex(inside, Double.isNaN(found) ? Double.POSITIVE_INFINITY : found);
  }
}
