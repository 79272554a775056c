package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar under a Spark that is not ours: SPARK_HOME, spark-submit, a cluster's driver.
 */
class SubmitIT {
  private static final String ENERGY = SparkHome.ROOT.resolve("conf/energy.conf").toString();
  @TempDir Path folder;

  @Test
  void runsUnderTheSparkOfSparkHome() throws IOException {
    try (SparkHome spark = SparkHome.layOut(folder.resolve("spark"))) {
      SparkHome.Ended ended = spark.longcast(generate("out", "--master", "local[2]"));
      assertThat(ended.code()).as(ended.said()).isZero();
      assertThat(ended.said()).contains("observations: ");
      assertThat(folder.resolve("out/observations")).isNotEmptyDirectory();
    }
  }

  @Test
  @Tag("long")
  void tellsPlainSparkSubmitOfBadSettings() throws IOException {
    try (SparkHome spark = SparkHome.layOut(folder.resolve("spark"))) {
      SparkHome.Ended ended =
          spark.submit(List.of("--master", "local[2]"), "train", ENERGY, "window.horizn=3");
      assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.said()).contains("did you mean \"horizon\"?").doesNotContain("\tat ");
    }
  }

  @Test
  void refusesASparkForAnotherScala() throws IOException {
    Path home = folder.resolve("spark");
    try (SparkHome spark = SparkHome.layOut(home)) {
      try (var jars = Files.list(home.resolve("jars"))) {
        Path core =
            jars.filter(jar -> jar.getFileName().toString().startsWith("spark-core_"))
                .findFirst()
                .orElseThrow();
        Files.move(core, core.resolveSibling("spark-core_2.13-3.5.7.jar"));
      }
      SparkHome.Ended ended = spark.longcast("help");
      assertThat(ended.code()).isEqualTo(ExitCode.FAILURE);
      assertThat(ended.said())
          .contains("holds Spark 3.5.7 for Scala 2.13", "on Spark 4 for Scala 2.13");
    }
  }

  @Test
  @Tag("long")
  void runsItsDriverOnAWorkerOfAStandaloneCluster() throws IOException {
    Path master = folder.resolve("master.log");
    Path worker = folder.resolve("worker.log");
    String url = "spark://127.0.0.1:" + freePort();
    try (SparkHome spark = SparkHome.layOut(folder.resolve("spark"))) {
      String port = url.substring(url.lastIndexOf(':') + 1);
      spark.daemon(
          master,
          "org.apache.spark.deploy.master.Master",
          "--host",
          "127.0.0.1",
          "--port",
          port,
          "--webui-port",
          "0");
      await(() -> said(master).contains("New state: ALIVE"), master);
      spark.daemon(
          worker,
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          "127.0.0.1",
          "--cores",
          "2",
          "--memory",
          "3g",
          "--webui-port",
          "0",
          "--work-dir",
          folder.resolve("work").toString(),
          url);
      await(() -> said(master).contains("Registering worker"), master);
      SparkHome.Ended ended =
          spark.submit(
              List.of("--master", url, "--deploy-mode", "cluster", "--executor-memory", "1g"),
              generate("out"));
      assertThat(ended.code()).as(ended.said()).isZero();
      await(() -> Files.isDirectory(folder.resolve("out/labels")), worker);
    }
  }

  private String[] generate(String output, String... more) {
    List<String> words =
        List.of(
            "generate",
            ENERGY,
            "generate.series=2",
            "generate.steps=100",
            "generate.ahead=0",
            "--output",
            folder.resolve(output).toString());
    return java.util.stream.Stream.concat(words.stream(), List.of(more).stream())
        .toArray(String[]::new);
  }

  private static void await(BooleanSupplier condition, Path log) {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(said(log)).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String said(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
