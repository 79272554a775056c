package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model and one forecast on one thread and on executors, whatever the session is set to. */
@Tag("long")
class ApiClusterIT {
  @TempDir static Path folder;
  private static MavenSpark spark;
  private static String reference;

  @BeforeAll
  static void fitOnOneThread() throws IOException {
    spark = MavenSpark.layOut(folder.resolve("spark"));
    reference = run(List.of(), "spark.master=local[1]");
    assertThat(reference).matches("API [0-9a-f]{64} -?\\d+");
  }

  @AfterAll
  static void end() {
    spark.close();
  }

  private static String run(List<String> flags, String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("spark.ui.enabled=false");
    Process driver = spark.startDriver(ApiRun.class, flags, all);
    return spark
        .output(driver, Duration.ofMinutes(5))
        .lines()
        .filter(line -> line.startsWith("API "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoExecutorsGiveTheSame() throws IOException {
    assertThat(run(List.of(), "spark.master=local-cluster[2,1,1024]")).isEqualTo(reference);
  }

  @Test
  @Tag("long")
  void aSessionWithKryoGivesTheSame() throws IOException {
    assertThat(
            run(
                List.of(),
                "spark.master=local-cluster[2,1,1024]",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer"))
        .isEqualTo(reference);
  }

  @Test
  @Tag("long")
  void anotherZoneOfTheJvmAndTheSessionGivesTheSame() throws IOException {
    assertThat(
            run(
                List.of("-Duser.timezone=America/New_York"),
                "spark.master=local[2]",
                "spark.sql.session.timeZone=America/New_York",
                "spark.sql.adaptive.enabled=false",
                "spark.sql.ansi.enabled=true"))
        .isEqualTo(reference);
  }
}
