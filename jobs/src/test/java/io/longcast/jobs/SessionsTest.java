package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SessionsTest {

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
