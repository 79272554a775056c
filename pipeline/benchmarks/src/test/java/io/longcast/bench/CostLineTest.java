package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.bench.RoundCost.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostLineTest {

  private static List<Point> points(double fixed, double perShard, double perMegabyte) {
    List<Point> points = new ArrayList<>();
    for (int shards : new int[] {2, 4, 8}) {
      for (double megabytes : new double[] {1, 5, 20}) {
        double seconds = fixed + perShard * shards + perMegabyte * megabytes;
        points.add(new Point(shards, 1, megabytes, seconds, 0, 0, 0));
      }
    }
    return points;
  }

  @Test
  void findsTheLineThePointsLieOn() {
    CostLine line = CostLine.fit(points(0.02, 0.001, 0.0005));

    assertThat(line.fixed()).isCloseTo(0.02, within(1e-9));
    assertThat(line.perShard()).isCloseTo(0.001, within(1e-9));
    assertThat(line.perMegabyte()).isCloseTo(0.0005, within(1e-9));
    assertThat(line.seconds(100, 100)).isCloseTo(0.17, within(1e-6));
  }

  @Test
  void leavesANegativeCostOut() {
    CostLine line = CostLine.fit(points(0.5, -0.01, 0.001));

    assertThat(line.perShard()).isZero();
    assertThat(line.fixed()).isPositive();
    assertThat(line.perMegabyte()).isCloseTo(0.001, within(1e-9));
  }
}
