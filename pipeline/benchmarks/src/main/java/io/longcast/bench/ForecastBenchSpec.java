package io.longcast.bench;

import java.io.Serializable;

/**
 * What {@code bench forecast} runs: the network of workload w1 (48 steps, four inputs a step, 64
 * units of an LSTM, 24 steps ahead) over a table of short series.
 *
 * @param series of the table, at least 1; default 100000
 * @param seconds that the kernel and the stage alone are measured for, above 0; default 3
 */
public record ForecastBenchSpec(int series, double seconds) implements Serializable {

  public ForecastBenchSpec {
    if (series < 1) {
      throw new IllegalArgumentException(
          "series must be >= 1, found " + series + " (key bench.forecast.series)");
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException(
          "seconds must be > 0, found " + seconds + " (key bench.forecast.seconds)");
    }
  }
}
