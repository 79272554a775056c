package io.longcast.anomaly.event;

import java.util.Locale;

/** What an event looks like. */
public enum EventKind {
  /** One or two values far off, then as before. */
  SPIKE,
  /** A jump to another level. */
  SHIFT,
  /** A deviation that grows. */
  DRIFT,
  /** Deviations of either sign, larger than usual. */
  VARIANCE,
  /** A value that does not move. */
  STUCK,
  /** No values. */
  MISSING,
  /** An unusual course of values that are each not unusual. */
  SHAPE;

  /** The word in the events table. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
