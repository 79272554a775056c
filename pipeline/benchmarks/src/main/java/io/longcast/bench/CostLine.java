package io.longcast.bench;

import io.longcast.bench.RoundCost.Point;
import java.util.List;

/**
 * A line through measured costs of a round: {@code seconds = fixed + perShard * shards +
 * perMegabyte * megabytes moved}.
 *
 * @param fixed seconds a round
 * @param perShard seconds a shard
 * @param perMegabyte seconds a megabyte moved
 */
record CostLine(double fixed, double perShard, double perMegabyte) {

  double seconds(int shards, double megabytes) {
    return fixed + perShard * shards + perMegabyte * megabytes;
  }

  /** Least squares; a negative cost is noise and is left out. */
  static CostLine fit(List<Point> points) {
    boolean[] used = {true, true, true};
    double[] solution = solve(points, used);
    while (worst(solution) >= 0) {
      used[worst(solution)] = false;
      solution = solve(points, used);
    }
    return new CostLine(solution[0], solution[1], solution[2]);
  }

  private static int worst(double[] solution) {
    int worst = -1;
    for (int i = 0; i < solution.length; i++) {
      if (solution[i] < 0 && (worst < 0 || solution[i] < solution[worst])) {
        worst = i;
      }
    }
    return worst;
  }

  /** The normal equations of the unknowns in use; the others are zero. */
  private static double[] solve(List<Point> points, boolean[] used) {
    double[][] rows = new double[3][4];
    for (Point point : points) {
      double[] row = {1, point.shards(), point.megabytes(), point.beyond()};
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 4; j++) {
          rows[i][j] += used[i] && (j == 3 || used[j]) ? row[i] * row[j] : 0;
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      rows[i][i] += used[i] ? 0 : 1;
    }
    return eliminated(rows);
  }

  private static double[] eliminated(double[][] rows) {
    for (int pivot = 0; pivot < 3; pivot++) {
      for (int i = 0; i < 3; i++) {
        double factor = rows[i][pivot] / rows[pivot][pivot];
        for (int j = pivot; i != pivot && j < 4; j++) {
          rows[i][j] -= factor * rows[pivot][j];
        }
      }
    }
    return new double[] {rows[0][3] / rows[0][0], rows[1][3] / rows[1][1], rows[2][3] / rows[2][2]};
  }
}
