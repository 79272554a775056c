package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.PosixLocalFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionsTest {

  @Test
  void aClusterKeepsItsWebPageAndItsAddresses() {
    assertThat(Sessions.settings("local[*]"))
        .containsEntry("spark.ui.enabled", "false")
        .containsEntry("spark.driver.host", "127.0.0.1")
        .containsEntry("spark.hadoop.fs.file.impl", PosixLocalFileSystem.class.getName());
    assertThat(Sessions.settings("local")).containsKey("spark.driver.bindAddress");
    assertThat(Sessions.settings("local-cluster[2,1,1024]"))
        .containsKey("spark.ui.enabled")
        .doesNotContainKeys("spark.driver.host", "spark.hadoop.fs.file.impl");
    for (String master : List.of("yarn", "spark://host:7077", "k8s://https://host:6443")) {
      assertThat(Sessions.settings(master))
          .containsEntry("spark.sql.session.timeZone", "UTC")
          .doesNotContainKeys("spark.ui.enabled", "spark.driver.host");
    }
  }

  @Test
  void serializesByJavaWhateverThePlatformPrefers() {
    SparkConf conf = new SparkConf(false);
    Sessions.serializeByJava(conf);
    String java = conf.get("spark.serializer");
    assertThat(java).endsWith(".JavaSerializer");
    conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    Sessions.serializeByJava(conf);
    assertThat(conf.get("spark.serializer")).isEqualTo(java);
  }

  /** On by default in Spark 4, and on many clusters of Spark 3. */
  @Test
  void worksWithoutAnsiModeWhateverThePlatformPrefers() {
    String key = "spark.sql.ansi.enabled";
    System.setProperty(key, "true");
    try {
      assertThat(Sessions.conf("test", Optional.empty(), false).get(key)).isEqualTo("false");
    } finally {
      System.clearProperty(key);
    }
  }

  /** Spark's own list of words knows neither storage accounts nor user info in addresses. */
  @Test
  void sparkHidesSecretsThatItsDefaultsDoNotKnow() {
    List<String> keys =
        List.of(
            "spark.hadoop.fs.azure.account.key.me.dfs.core.windows.net",
            "spark.kafka.sasl.jaas.config",
            "spark.hadoop.store.endpoint");
    keys.forEach(key -> System.setProperty(key, "https://me:hunter2@host"));
    try {
      assertThat(Sessions.conf("test", Optional.empty(), false).toDebugString())
          .contains(keys)
          .contains("spark.app.name=longcast test")
          .doesNotContain("hunter2");
    } finally {
      keys.forEach(System::clearProperty);
    }
  }

  @Test
  void refusesAClusterOfAnotherSpark() {
    ClusterCheck.requireSame("3.5.7", List.of("3.5.7", "3.5.7"));
    assertThatThrownBy(() -> ClusterCheck.requireSame("3.5.7", List.of("3.5.6", "3.5.7", "3.4.1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the client runs Spark 3.5.7, the cluster 3.4.1 and 3.5.6; set SPARK_HOME to a client"
                + " of the cluster's version");
  }

  /** Executors start alike, whether through spark-submit or not. */
  @Test
  void executorsHaveTheFlagsOfSparkConf() throws IOException {
    String line =
        Files.readAllLines(SparkHome.ROOT.resolve("conf/spark.conf")).stream()
            .filter(one -> one.startsWith("spark.executor.extraJavaOptions"))
            .findFirst()
            .orElseThrow();

    assertThat(line.split("\\s+", 2)[1]).isEqualTo(Sessions.EXECUTOR_FLAGS);
  }
}
