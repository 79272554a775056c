package io.longcast.jobs;

/** Exit codes of the process. */
final class ExitCode {
  /** Something failed. */
  static final int FAILURE = 1;

  /** Bad usage or settings: a message, no stack. */
  static final int USAGE = 2;

  /** The run completed and failed a quality gate. */
  static final int GATE_MISSED = 3;

  /** Another run is at work on the same folder. */
  static final int LOCKED = 4;

  /** The run completed, but alerts could not be delivered. */
  static final int PENDING = 5;

  private ExitCode() {}
}
