package io.longcast.scale;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * Per-window scaling (key {@code model.scaling}): {@code z = (transform(x) - level) / spread}.
 *
 * @param transform default {@code auto}
 * @param level default {@code last-season}
 * @param spread default {@code deviation}
 * @param clamp inputs are cut to plus or minus this many spreads, above 0; default 20
 * @param statistics whether two statistics of the window (how its spread compares, how seasonal it
 *     is) are inputs too; default true
 */
public record ScalingSpec(
    Transform transform, Level level, Spread spread, double clamp, boolean statistics)
    implements Serializable {

  public ScalingSpec {
    SettingChecks.positive(clamp, "model.scaling.clamp");
  }

  /** The same with another transform. */
  public ScalingSpec with(Transform chosen) {
    return new ScalingSpec(chosen, level, spread, clamp, statistics);
  }
}
