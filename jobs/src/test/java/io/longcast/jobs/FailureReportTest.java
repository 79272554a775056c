package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read when a machine or a cluster fails them. */
class FailureReportTest {
  private final StringWriter err = new StringWriter();

  private int report(Throwable failure, boolean verbose) {
    return FailureReport.report(failure, new PrintWriter(err), verbose);
  }

  static Stream<Arguments> ordinaryFailures() {
    String stage = "Job aborted due to stage failure: Task 3 in stage 1.0 failed 4 times: ";
    return Stream.of(
        Arguments.of(
            new RuntimeException(new InvalidClassException("X; local class incompatible: stream")),
            "SPARK_HOME"),
        Arguments.of(
            new RuntimeException("write", new IOException("No space left on device")),
            "output.path, spark.local.dir"),
        Arguments.of(
            new SparkException(stage + "java.io.IOException: No space left on device"),
            "the disk is full"),
        Arguments.of(new OutOfMemoryError("Java heap space"), "LONGCAST_MEMORY=8g"),
        Arguments.of(
            new SparkException(stage + "java.lang.OutOfMemoryError: Java heap space"),
            "spark.executor.memory"),
        Arguments.of(
            new OutOfMemoryError("unable to create native thread: possibly out of memory"),
            "spark.executor.memoryOverhead"),
        Arguments.of(
            new SparkException(stage + "ExecutorLostFailure (executor 2 exited unexpectedly)"),
            "spark.executor.memoryOverhead"),
        Arguments.of(
            new IllegalStateException(new AccessDeniedException("/data/out")), "output.path"),
        Arguments.of(
            new UnsupportedFileSystemException("No FileSystem for scheme \"s3a\""), "hadoop-aws"),
        Arguments.of(
            new SparkException("Job 3 cancelled because SparkContext was shut down"),
            "interrupted"));
  }

  @ParameterizedTest
  @MethodSource("ordinaryFailures")
  void areOneLineWithTheRemedy(Throwable failure, String remedy) {
    assertThat(report(failure, false)).isEqualTo(ExitCode.FAILURE);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("error: ").contains(remedy);
  }

  @Test
  void showAStackWhenAskedTo() {
    report(new IOException("No space left on device"), true);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void whatNobodyForesawAlwaysHasAStack() {
    assertThat(report(new IllegalStateException("impossible"), false)).isEqualTo(ExitCode.FAILURE);
    assertThat(err.toString()).contains("error: impossible", "\tat ");
  }

  @Test
  void mistakesOfTheCallerKeepTheirOwnWords() {
    String words = "cannot write to /data/out: Permission denied (key output.path)";
    assertThat(report(new IllegalArgumentException(words), false)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).isEqualToIgnoringNewLines("error: " + words);
  }

  @Test
  void hideSecretsInMessagesAndStacks() {
    Throwable cause = new IOException("GET https://me:hunter2@host failed");
    report(new IllegalStateException("jdbc:x://db?user=me&password=hunter2", cause), false);
    assertThat(err.toString()).contains("<hidden>").doesNotContain("hunter2");
  }
}
