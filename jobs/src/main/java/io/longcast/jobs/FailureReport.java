package io.longcast.jobs;

import io.longcast.config.Secrets;
import io.longcast.files.LockedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns a failure into a message and an exit code: mistakes of the caller and ordinary failures of
 * machines get one message, with {@code --verbose} a stack; what nobody foresaw always gets a
 * stack. Secrets are hidden in both.
 */
final class FailureReport implements IExecutionExceptionHandler {
  private static final String VERBOSE = "--verbose";

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult words) {
    return report(failure, command.getErr(), words != null && isVerbose(words));
  }

  private static boolean isVerbose(ParseResult words) {
    return words.originalArgs().contains(VERBOSE);
  }

  /** Prints a failure and returns the exit code that stands for it. */
  static int report(Throwable failure, PrintWriter err, boolean verbose) {
    if (Interruption.isUnderWay()) {
      return interrupted(failure, err, verbose);
    }
    boolean own = failure instanceof IllegalArgumentException || failure instanceof LockedException;
    Optional<String> known = own ? Optional.empty() : Failures.explain(failure);
    String message = known.orElse(String.valueOf(failure.getMessage()));
    err.println("error: " + Secrets.redact(message));
    if (verbose || (known.isEmpty() && !own)) {
      printStack(failure, err);
    }
    err.flush();
    if (failure instanceof LockedException) {
      return ExitCode.LOCKED;
    }
    return own ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  /** Whatever fails once Spark was told to stop fails for that. */
  private static int interrupted(Throwable failure, PrintWriter err, boolean verbose) {
    Interruption.tell(err);
    if (verbose) {
      printStack(failure, err);
    }
    return ExitCode.FAILURE;
  }

  private static void printStack(Throwable failure, PrintWriter err) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    err.print(Secrets.redact(stack.toString()));
    err.flush();
  }
}
