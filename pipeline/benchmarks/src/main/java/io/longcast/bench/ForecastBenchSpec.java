package io.longcast.bench;

import io.longcast.settings.SettingChecks;
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
    SettingChecks.atLeast(series, 1, "bench.forecast.series");
    SettingChecks.positive(seconds, "bench.forecast.seconds");
  }
}
