package io.longcast.jobs;

import io.longcast.files.LockedException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns an exception into a message and an exit code: the caller's mistakes get a message, ours a
 * stack as well.
 */
final class FailureReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult words) {
    PrintWriter err = command.getErr();
    if (failure instanceof IllegalArgumentException) {
      err.println("error: " + failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof LockedException) {
      err.println("error: " + failure.getMessage());
      return ExitCode.LOCKED;
    }
    err.println("error: " + Failures.explain(failure));
    failure.printStackTrace(err);
    return ExitCode.FAILURE;
  }
}
