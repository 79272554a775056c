package io.longcast.jobs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command line in a JVM of its own, from the class path of the tests, so that it can be killed.
 *
 * @param process that runs it
 * @param log what it prints
 */
record LongcastProcess(Process process, Path log) {

  /**
   * How a command is started.
   *
   * @param temporary its {@code java.io.tmpdir}
   * @param logs where its log is kept
   * @param flags of the JVM
   * @param environment variables beside those of this process
   */
  record Setup(Path temporary, Path logs, List<String> flags, Map<String, String> environment) {

    LongcastProcess start(List<String> words) throws IOException {
      Path log = Files.createTempFile(Files.createDirectories(logs), "log", ".txt");
      Files.createDirectories(temporary);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(flag -> flag.startsWith("--add-") || flag.startsWith("-XX:+Ignore"))
          .forEach(command::add);
      command.addAll(List.of("-Xmx1g", "-Duser.timezone=UTC", "-Djava.io.tmpdir=" + temporary));
      command.addAll(flags);
      command.add(Longcast.class.getName());
      command.addAll(words);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.environment().put("OMP_NUM_THREADS", "1");
      builder.environment().putAll(environment);
      return new LongcastProcess(builder.redirectOutput(log.toFile()).start(), log);
    }
  }

  /** Waits for its end; whether it ended by itself within the time given, else it is killed. */
  boolean endsWithin(Duration time) throws InterruptedException {
    boolean ended = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    return ended;
  }

  String said() throws IOException {
    return Files.readString(log);
  }
}
