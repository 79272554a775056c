package io.longcast.backtest;

import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.WindowForecast;
import io.longcast.forecast.WindowStratum;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A comparison of two forecasters, each off by so much in each kind of window. */
public final class SampleComparison {
  private SampleComparison() {}

  /** One window of two values of 10 in each group. */
  public static Comparison of(Map<WindowStratum, Float> network, Map<WindowStratum, Float> naive) {
    return new Comparison(List.of(scores("network", network), scores("naive", naive)));
  }

  private static ModelScores scores(String name, Map<WindowStratum, Float> errors) {
    ModelScores scores = new ModelScores(name, List.of(), 2);
    errors.forEach(
        (group, error) ->
            scores.add(
                new SeriesChannel(group.word(), "value"),
                Set.of(group),
                new WindowForecast(
                    new float[] {10, 10},
                    null,
                    new float[] {10 + error, 10 - error},
                    new float[0],
                    ErrorScale.UNIT)));
    return scores;
  }
}
