package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same data, shards, seed and numerics give the same bits, whatever the executors do. */
@Tag("long")
class EqualBitsIT {
  private static final String TWO_EXECUTORS = "local-cluster[2,1,512]";

  @TempDir static Path folder;
  private static MavenSpark spark;
  private static String reference;

  @BeforeAll
  static void trainOnOneThread() throws IOException {
    spark = MavenSpark.layOut(folder.resolve("spark"));
    reference = only(shas(run("masters=local[1]", "rounds=job")));
    assertThat(reference).hasSize(64);
  }

  @AfterAll
  static void endAll() {
    spark.close();
  }

  private static String run(String... arguments) throws IOException {
    return spark.runDriver(ShaRun.class, List.of(arguments));
  }

  private static List<String> shas(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("SHA "))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  private static String only(List<String> shas) {
    assertThat(new TreeSet<>(shas)).hasSize(1);
    return shas.get(0);
  }

  @Test
  void threadsExecutorsRoundsAndTheOrderOfTheDataDoNotMatter() throws IOException {
    String output =
        run(
            "masters=local[2];local[7];" + TWO_EXECUTORS,
            "rounds=stage;job",
            "partitions=7",
            "order=99");

    assertThat(shas(output)).hasSize(6).containsOnly(reference);
  }

  @Test
  @Tag("long")
  void anExecutorKilledInARoundDoesNotMatter() throws IOException {
    String output = run("masters=" + TWO_EXECUTORS, "rounds=stage;job", "kill=4");

    assertThat(output).contains("KILLED 2 ");
    assertThat(shas(output)).containsExactly(reference, reference);
  }

  /** Two LSTM layers and an {@code RnnOutputLayer} of DL4J's own, with dropout. */
  @Test
  @Tag("long")
  void aConfigurationOfDl4jGivesTheSameBitsOnAnyExecutorsAndAfterAResume(@TempDir Path checkpoints)
      throws IOException {
    killDriverAtRound(checkpoints, "local[2]", 5, "model=dl4j");
    String resumed =
        run("masters=local[2]", "model=dl4j", "checkpoint=" + checkpoints, "resume=true");
    assertThat(resumed).doesNotContain("\nROUND 2\n").contains("\nROUND 20\n");
    String output =
        run("masters=local[1];local-cluster[1,1,512];" + TWO_EXECUTORS, "model=dl4j", "order=99");

    List<String> found = new ArrayList<>(shas(output));
    found.addAll(shas(resumed));
    assertThat(found).hasSize(4).doesNotContain(reference);
    only(found);
  }

  @Test
  @Tag("long")
  void aKilledDriverResumesToTheSameBits(@TempDir Path checkpoints) throws IOException {
    killDriverAtRound(checkpoints, "local[2]", 5);
    String output =
        run("masters=local[2]", "rounds=job", "checkpoint=" + checkpoints, "resume=true");

    assertThat(output).doesNotContain("\nROUND 2\n").contains("\nROUND 20\n");
    assertThat(shas(output)).containsExactly(reference);
  }

  private static void killDriverAtRound(Path checkpoints, String master, int round, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(
        List.of("masters=" + master, "checkpoint=" + checkpoints, "resume=true", "hold=" + round));
    Process driver = spark.startDriver(ShaRun.class, List.of(), words);
    MavenSpark.await(() -> log(driver).contains("HOLDING"), "round " + round);
    MavenSpark.kill(driver);
    assertThat(log(driver)).doesNotContain("SHA ");
  }

  private static String log(Process process) {
    try {
      return spark.log(process);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @Tag("long")
  void executorsKilledInThreeRoundsDoNotMatter() throws IOException {
    String output = run("masters=" + TWO_EXECUTORS, "rounds=stage;job", "kill=3,9,14");

    assertThat(output).contains("KILLED 6 ");
    assertThat(shas(output)).containsExactly(reference, reference);
  }

  @Test
  @Tag("long")
  void aDriverKilledThreeTimesResumesToTheSameBits(@TempDir Path checkpoints) throws IOException {
    for (int round : new int[] {4, 10, 17}) {
      killDriverAtRound(checkpoints, TWO_EXECUTORS, round);
    }
    String output = run("masters=local[7]", "checkpoint=" + checkpoints, "resume=true");

    assertThat(shas(output)).containsExactly(reference);
  }

  @Test
  @Tag("long")
  void aStandaloneClusterWithOneAndTwoExecutorsGivesTheSameBits() throws IOException {
    try (MavenSpark cluster = MavenSpark.layOut(folder.resolve("standalone"))) {
      String master = cluster.startMaster();
      cluster.startWorker(master, "127.0.0.1", 1, 768, Map.of());
      List<String> output = new ArrayList<>(shas(run("masters=" + master)));
      cluster.startWorker(master, "127.0.0.2", 1, 768, Map.of());
      output.addAll(shas(run("masters=" + master, "kill=6")));

      assertThat(output).hasSize(2).containsOnly(reference);
    }
  }

  @Test
  @Tag("long")
  void speculationDoesNotMatter() throws IOException {
    try (MavenSpark cluster = MavenSpark.layOut(folder.resolve("speculating"))) {
      String master = cluster.startMaster();
      cluster.startWorker(master, "127.0.0.1", 2, 768, Map.of());
      cluster.startWorker(master, "127.0.0.2", 2, 768, Map.of());
      String output =
          run(
              "masters=" + master,
              "slow=true",
              "spark.executor.cores=2",
              "spark.speculation=true",
              "spark.speculation.interval=20ms",
              "spark.speculation.multiplier=1.1",
              "spark.speculation.quantile=0.3",
              "spark.speculation.minTaskRuntime=50ms",
              "spark.locality.wait=0");

      assertThat(output).doesNotContain("SPECULATED 0");
      assertThat(shas(output)).containsExactly(reference);
    }
  }

  @Test
  @Tag("long")
  void theOrderInWhichTasksEndAndALateShardDoNotMatter() throws IOException {
    for (int seed : new int[] {1, 2, 3}) {
      String output = run("masters=local[4]", "rounds=stage;job", "disorder=" + seed);

      assertThat(output).doesNotContain("DISORDERED 0\n");
      assertThat(shas(output)).containsExactly(reference, reference);
    }
  }

  @Test
  @Tag("long")
  void anExecutorWithAnotherVectorWidthIsRefused() throws IOException {
    assertRefusesAMixedCluster("door=ours");
  }

  private static void assertRefusesAMixedCluster(String door) throws IOException {
    try (MavenSpark cluster = MavenSpark.layOut(folder.resolve("mixed-" + door))) {
      String master = cluster.startMaster();
      cluster.startWorker(master, "127.0.0.1", 1, 768, Map.of());
      cluster.startWorker(
          master, "127.0.0.2", 1, 768, Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxVectorSize=16"));

      assertThatThrownBy(
              () ->
                  run(
                      "masters=" + master,
                      door,
                      "spark.locality.wait=0",
                      "spark.scheduler.minRegisteredResourcesRatio=1.0",
                      "spark.cores.max=2"))
          .hasMessageContaining("executors differ in numerics")
          .hasMessageContaining("vector-bytes=16")
          .hasMessageContaining("spark.executor.extraJavaOptions");
    }
  }

  @Test
  @Tag("long")
  void theTrainingMasterOfDl4jGivesTheSameBitsOnAnyExecutorsAndRefusesAMixedCluster()
      throws IOException {
    String output = run("masters=local[1];local[7];" + TWO_EXECUTORS, "door=dl4j");
    assertThat(shas(output)).hasSize(3).doesNotContain(reference);
    only(shas(output));
    assertRefusesAMixedCluster("door=dl4j");
  }

  @Test
  void theJarsAreLinksAndNothingIsLeftRunning() throws IOException {
    assertThat(Files.list(spark.home().resolve("jars"))).allMatch(Files::isSymbolicLink);
    MavenSpark other = MavenSpark.layOut(folder.resolve("brief"));
    Process driver =
        other.startDriver(ShaRun.class, List.of(), List.of("masters=local[1]", "hold=1"));
    other.close();
    assertThat(driver.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join())
        .returns(false, Process::isAlive);
  }
}
