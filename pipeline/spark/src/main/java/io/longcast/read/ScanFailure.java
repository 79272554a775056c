package io.longcast.read;

import io.longcast.read.file.UnreadableFileException;
import java.io.FileNotFoundException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;

/**
 * Names the file at which a scan fails, in place of Spark's report of a job that was aborted. What
 * a file holds shows only as it is read: a damaged page, a compressed stream that ends early.
 */
public final class ScanFailure {
  private static final String PATH = "path";

  private ScanFailure() {}

  /**
   * Runs what scans a source.
   *
   * @param source in words
   * @param hint what to do about a file that cannot be read
   * @throws IllegalArgumentException naming the file, if one cannot be read
   */
  public static <T> T named(String source, String hint, Supplier<T> scan) {
    try {
      return scan.get();
    } catch (Exception failure) {
      // Scala does not declare what it throws.
      throw explained(source, hint, failure).orElseGet(() -> unchecked(failure));
    }
  }

  private static Optional<RuntimeException> explained(
      String source, String hint, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String file = file(cause);
      if (file != null) {
        return Optional.of(
            new IllegalArgumentException(
                "cannot read file %s of %s: %s (%s)".formatted(file, source, root(cause), hint),
                failure));
      }
      if (cause instanceof FileNotFoundException) {
        return Optional.of(
            new IllegalArgumentException(
                "a file of %s is gone since it was listed: %s".formatted(source, line(cause)),
                failure));
      }
    }
    return Optional.empty();
  }

  /** The file that a failure names, or null. */
  private static String file(Throwable failure) {
    if (failure instanceof UnreadableFileException unreadable) {
      return unreadable.file();
    }
    return failure instanceof SparkThrowable spark ? spark.getMessageParameters().get(PATH) : null;
  }

  private static String root(Throwable failure) {
    return failure.getCause() == null ? line(failure) : root(failure.getCause());
  }

  /** What went wrong, without the lines of advice that some libraries add. */
  private static String line(Throwable failure) {
    return failure.toString().lines().findFirst().orElse("");
  }

  private static RuntimeException unchecked(Exception failure) {
    return failure instanceof RuntimeException already
        ? already
        : new IllegalStateException(failure);
  }
}
