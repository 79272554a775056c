package io.longcast.window;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * The shape of a window. An <em>origin</em> is the step of the first target value: the context is
 * {@code [origin - contextLength, origin)}, the target {@code [origin, origin + horizon)}, both
 * half-open.
 *
 * @param contextLength steps the model sees, at least 1; 0 leaves the choice to {@code
 *     model.defaults}, and such a spec cuts no windows; default 0
 * @param horizon steps it forecasts, at least 1
 * @param stride steps between neighbouring origins, at least 1
 */
public record WindowSpec(int contextLength, int horizon, int stride) implements Serializable {

  public WindowSpec {
    SettingChecks.atLeast(contextLength, 0, "window.contextLength");
    SettingChecks.atLeast(horizon, 1, "window.horizon");
    SettingChecks.atLeast(stride, 1, "window.stride");
  }

  /** The same with another context. */
  public WindowSpec withContext(int steps) {
    return new WindowSpec(steps, horizon, stride);
  }

  /** The same with another horizon. */
  public WindowSpec withHorizon(int steps) {
    return new WindowSpec(contextLength, steps, stride);
  }
}
