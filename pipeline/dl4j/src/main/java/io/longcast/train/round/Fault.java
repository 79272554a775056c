package io.longcast.train.round;

import java.io.Serializable;
import java.util.List;

/**
 * A training step that failed, and where.
 *
 * @param shard whose step it was
 * @param step from 0
 * @param kind what was wrong
 * @param value the loss or gradient norm at fault; NaN where no single value is
 * @param limit that the value exceeds; infinite where the value had only to be finite
 * @param detail layers and time steps to look at, for the user; may be empty
 * @param outlierWindows the windows that look like the cause
 */
public record Fault(
    int shard,
    long step,
    Kind kind,
    double value,
    double limit,
    String detail,
    List<OutlierWindow> outlierWindows)
    implements Serializable {

  /** What was wrong with a step. */
  public enum Kind {
    LOSS_NOT_FINITE,
    LOSS_TOO_HIGH,
    GRADIENT_NOT_FINITE,
    /** The gradient is finite but longer than allowed: the one kind that clipping can help. */
    GRADIENT_TOO_LONG,
    PARAMETER_NOT_FINITE
  }

  public Fault {
    outlierWindows = List.copyOf(outlierWindows);
  }

  /** The same with what locates it. */
  public Fault with(String where, List<OutlierWindow> windows) {
    return new Fault(shard, step, kind, value, limit, where, windows);
  }

  /**
   * A window that looks like the cause.
   *
   * @param name series, channel and position of the origin in the series
   * @param reason the input that is an outlier, or the window's own loss
   */
  public record OutlierWindow(String name, String reason) implements Serializable {}

  @Override
  public String toString() {
    StringBuilder line =
        new StringBuilder("shard " + shard + ", step " + (step + 1) + ": " + description());
    line.append(detail);
    outlierWindows.forEach(
        outlier -> line.append("; ").append(outlier.name()).append(": " + outlier.reason()));
    return line.toString();
  }

  private String description() {
    return switch (kind) {
      case LOSS_NOT_FINITE -> "loss is " + value;
      case LOSS_TOO_HIGH -> "loss " + value + " exceeds " + limit;
      case GRADIENT_NOT_FINITE -> "gradient norm is " + value;
      case GRADIENT_TOO_LONG -> "gradient norm of " + value + " exceeds " + limit;
      case PARAMETER_NOT_FINITE -> "a parameter is not finite after the step";
    };
  }
}
