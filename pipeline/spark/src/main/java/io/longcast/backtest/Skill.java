package io.longcast.backtest;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.SkillInterval;
import java.util.List;

/**
 * How much better than a baseline the model under test is.
 *
 * @param against the baseline
 * @param name of the metric in tables: {@code skill}, or after the error that it compares
 * @param interval the skill with its bootstrap interval over series
 */
public record Skill(String against, String name, SkillInterval interval) {

  /** The skill and the ends of its interval. */
  public List<Metric> metrics() {
    return List.of(
        new Metric(name, interval.skill(), interval.series()),
        new Metric(name + "_lower", interval.lower(), interval.series()),
        new Metric(name + "_upper", interval.upper(), interval.series()));
  }
}
