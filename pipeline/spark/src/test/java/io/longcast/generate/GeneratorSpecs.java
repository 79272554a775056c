package io.longcast.generate;

import java.time.Duration;

/** GeneratorSpecs of the tests. */
final class GeneratorSpecs {
  private GeneratorSpecs() {}

  static GenerateSpec of(SampleKind kind, long series, long steps) {
    return of(kind, series, steps, 200, 0);
  }

  static GenerateSpec of(SampleKind kind, long series, long steps, long faultEvery, double dirty) {
    Duration interval =
        switch (kind) {
          case SENSORS -> Duration.ofMinutes(10);
          case ENERGY, WEATHER -> Duration.ofHours(1);
          case STOCKS -> Duration.ofDays(1);
          case PATIENTS -> Duration.ofMillis(10);
          case NETWORK -> Duration.ofMinutes(5);
        };
    return new GenerateSpec(
        kind, series, steps, 0, "2024-01-01T00:00:00Z", interval, "UTC", faultEvery, dirty, 7);
  }

  /** Values of one series, [column][step]. */
  static double[][] values(GenerateSpec spec, long number) {
    int columns = spec.kind().layout().rows();
    double[][] all = new double[columns][(int) spec.steps()];
    double[] row = new double[columns];
    SeriesStream stream = spec.kind().open(spec, number);
    for (int step = 0; step < spec.steps(); step++) {
      stream.next(step, row);
      for (int c = 0; c < columns; c++) {
        all[c][step] = row[c];
      }
    }
    return all;
  }

  /** Correlation of x with itself {@code lag} steps later. */
  static double autocorrelation(double[] x, int lag) {
    return correlation(
        java.util.Arrays.copyOf(x, x.length - lag), java.util.Arrays.copyOfRange(x, lag, x.length));
  }

  static double correlation(double[] x, double[] y) {
    double mx = java.util.Arrays.stream(x).average().orElseThrow();
    double my = java.util.Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mx) * (y[i] - my);
      xx += (x[i] - mx) * (x[i] - mx);
      yy += (y[i] - my) * (y[i] - my);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
