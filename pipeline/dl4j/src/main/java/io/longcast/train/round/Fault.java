package io.longcast.train.round;

import java.io.Serializable;
import java.util.List;

/**
 * A step that failed, and where.
 *
 * @param shard whose step it was
 * @param step from 0
 * @param kind what was wrong: {@code loss is NaN}, {@code gradient norm 1.2e9 beyond 1e6}
 * @param outlierWindows names of the windows that look like the cause, each with what is outlier
 *     about it
 */
public record Fault(int shard, long step, String kind, List<OutlierWindow> outlierWindows)
    implements Serializable {

  /** How the kind of a step begins whose gradient was finite, but too long. */
  public static final String LONG_GRADIENT = "gradient norm of ";

  /** Whether cutting the gradient can help. */
  public boolean isLongGradient() {
    return kind.startsWith(LONG_GRADIENT);
  }

  /**
   * A window that looks like the cause.
   *
   * @param name series, channel and position of the origin in the series
   * @param reason which input is outlier, or its loss
   */
  public record OutlierWindow(String name, String reason) implements Serializable {}

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("shard " + shard + ", step " + (step + 1) + ": " + kind);
    outlierWindows.forEach(
        outlier -> line.append("; ").append(outlier.name()).append(": " + outlier.reason()));
    return line.toString();
  }
}
