package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, which is told to end while its JVM still finishes tables. */
@Timeout(60)
class LauncherSignalTest {
  /** In place of java: ends by itself, some time after it was told to. */
  private static final String SLOW_TO_END =
      """
      #!/bin/bash
      cat <&0 > /dev/null &
      trap 'echo told; wait %1; exit 3' TERM
      echo started
      wait
      """;

  @TempDir Path folder;

  private Process launched() throws IOException {
    Path root = folder.resolve("longcast");
    Path launcher = root.resolve("bin/longcast");
    Files.createDirectories(launcher.getParent());
    Files.copy(SparkHome.ROOT.resolve("bin/longcast"), launcher);
    write(root.resolve("conf/spark.conf"), "");
    write(root.resolve("jobs/target/longcast.jar"), "");
    write(root.resolve("jobs/target/spark.classpath"), root.resolve("bin/longcast").toString());
    Path home = folder.resolve("java");
    write(home.resolve("lib/server/libjvm.so"), "");
    Path java = write(home.resolve("bin/java"), SLOW_TO_END);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder =
        new ProcessBuilder("bash", launcher.toString(), "train").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.toString());
    builder.environment().put("LONGCAST_CACHE", folder.resolve("cache").toString());
    builder.environment().keySet().removeIf(name -> name.equals("SPARK_HOME"));
    builder.environment().keySet().removeIf(name -> name.equals("LONGCAST_JAVA_OPTS"));
    return builder.start();
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void waitsForItsCommandAndEndsAsItDoes() throws Exception {
    Process process = launched();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("started");
      process.toHandle().destroy();
      assertThat(said.readLine()).isEqualTo("told");
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
    } finally {
      process.destroyForcibly();
    }
  }
}
