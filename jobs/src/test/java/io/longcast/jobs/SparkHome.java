package io.longcast.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Spark installation in the layout of a real one, made of the jars of {@code spark.classpath} of
 * this build: {@code jars/} and a {@code bin/spark-submit} that asks Spark's own launcher library
 * for the command line, as the real one does. Ends what it started.
 */
final class SparkHome implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("longcast.root"));

  /** What this build packages into, and its jar. */
  static final Path TARGET =
      ROOT.resolve("jobs").resolve(System.getProperty("longcast.target", "target"));

  static final Path JAR = TARGET.resolve(System.getProperty("longcast.jar", "longcast") + ".jar");
  private static final String SCALA =
      scala.util.Properties.versionNumberString().replaceFirst("\\.\\d+$", "");

  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      export SPARK_HOME=$(cd "$(dirname "$0")/.." && pwd)
      words=()
      while IFS= read -r -d '' word; do words+=("$word"); done < <(
        java -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
          org.apache.spark.deploy.SparkSubmit "$@" | tail -n +2)
      exec "${words[@]}"
      """;

  /** What a process said and how it ended. */
  record Ended(int code, String said) {}

  private final Path folder;
  private final Deque<Process> started = new ArrayDeque<>();

  private SparkHome(Path folder) {
    this.folder = folder;
  }

  static SparkHome layOut(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    String classPath = Files.readString(TARGET.resolve("spark.classpath")).trim();
    for (String entry : classPath.split(":")) {
      Path jar = Path.of(entry);
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
    SparkHome home = new SparkHome(folder);
    home.script("bin/spark-submit", SUBMIT);
    return home;
  }

  void script(String name, String text) throws IOException {
    Path script = folder.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, text);
    script.toFile().setExecutable(true);
  }

  /** {@code bin/longcast} with this installation as SPARK_HOME. */
  Ended longcast(String... words) {
    return run(ROOT.resolve("bin/longcast").toString(), words);
  }

  /** This installation's {@code spark-submit} with the project's jar and properties. */
  Ended submit(List<String> options, String... words) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--properties-file", ROOT.resolve("conf/spark.conf").toString(), "--class"));
    all.add(Longcast.class.getName());
    all.add(JAR.toString());
    all.addAll(Arrays.asList(words));
    return run(folder.resolve("bin/spark-submit").toString(), all.toArray(String[]::new));
  }

  private Ended run(String program, String... words) {
    Path log = folder.resolve("said-" + started.size() + ".log");
    Process process = start(log, program, words);
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("no end after five minutes: " + Files.readString(log));
      }
      return new Ended(process.exitValue(), Files.readString(log));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Starts a daemon of Spark; its output goes to the file. */
  void daemon(Path log, String main, String... words) {
    List<String> all = new ArrayList<>(List.of("-Xmx512m", "-cp", folder + "/jars/*", main));
    all.addAll(Arrays.asList(words));
    start(log, "java", all.toArray(String[]::new));
  }

  private Process start(Path log, String program, String... words) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(Arrays.asList(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", folder.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", SCALA);
    try {
      Process process = builder.start();
      started.push(process);
      return process;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
  }
}
