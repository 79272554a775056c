package io.longcast.window;

/**
 * The parts of a series in time, in this order: training, calibration, validation, then what was
 * held out. A window belongs to the part in which its whole target lies; its context may reach back
 * into earlier parts, never forward.
 */
public enum Split {
  /** What the network is fitted on. */
  TRAIN,
  /** What intervals and thresholds are calibrated on. */
  CALIBRATION,
  /** What models are compared on; the last part before the end of what is known. */
  VALIDATION,
  /** The held-out end of a series whose actual values are known (benchmarks, backtests). */
  TEST,
  /** The one window whose target starts where what is known ends: the forecast. */
  FUTURE
}
