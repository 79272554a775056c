package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.MavenSpark;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on clusters: the same model and the same rows as on one machine. */
@Tag("long")
class DemoClusterIT {
  @TempDir static Path folder;

  @BeforeAll
  static void runsLocally() throws IOException {
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("home-local"))) {
      run(spark, "local[2]", "local");
    }
  }

  @Test
  void givesTheSameRowsOnALocalCluster() throws IOException {
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("home-cluster"))) {
      run(spark, "local-cluster[2,1,1024]", "cluster");
    }
    sameRows("cluster");
  }

  @Test
  void givesTheSameRowsOnAStandaloneMasterWithTwoWorkers() throws IOException {
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("home-standalone"))) {
      String master = spark.startMaster();
      spark.startWorker(master, "127.0.0.1", 1, 1536, Map.of());
      spark.startWorker(master, "127.0.0.1", 1, 1536, Map.of());
      run(spark, master, "standalone");
    }
    sameRows("standalone");
  }

  private static void run(MavenSpark spark, String master, String name) throws IOException {
    List<String> flags =
        List.of("-Dlongcast.root=" + System.getProperty("longcast.root"), "-Xmx1g");
    Process driver =
        spark.startDriver(DemoRun.class, flags, List.of(master, folder.resolve(name).toString()));
    spark.output(driver, Duration.ofMinutes(10));
  }

  private static void sameRows(String name) {
    for (String table : List.of("forecasts", "anomalies", "metrics")) {
      Dataset<Row> local = read("local", table);
      Dataset<Row> there = read(name, table);
      assertThat(there.count()).as(table).isPositive().isEqualTo(local.count());
      assertThat(there.exceptAll(local).count()).as(table).isZero();
    }
  }

  private static Dataset<Row> read(String name, String table) {
    return SharedSession.get().read().parquet(folder.resolve(name).resolve(table).toString());
  }
}
