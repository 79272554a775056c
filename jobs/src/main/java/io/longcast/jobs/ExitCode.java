package io.longcast.jobs;

/** What the process tells its caller. */
final class ExitCode {
  /** Something failed. */
  static final int FAILURE = 1;

  /** Bad usage or settings: a message, no stack. */
  static final int USAGE = 2;

  /** The run went through and missed a quality gate. */
  static final int GATE_MISSED = 3;

  private ExitCode() {}
}
