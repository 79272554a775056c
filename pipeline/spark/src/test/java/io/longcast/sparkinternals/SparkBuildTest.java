package io.longcast.sparkinternals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkBuildTest {
  private static final boolean FOUR = SparkBuild.version().startsWith("4.");

  @Test
  void runsOnTheSparkItWasBuiltForAndOnItsOtherVersions() {
    SparkBuild.requireRunning();
    SparkBuild.require(FOUR ? "4.0.1" : "3.5.1", FOUR ? "2.13.16" : "2.12.17");
  }

  @ParameterizedTest
  @CsvSource({"2.4.8, 2.11.12", "3.5.7, 2.13.8", "5.0.0, 3.3.1", ", ", "4, 2.12.18"})
  void refusesAnotherSparkAndNamesTheJars(String spark, String scala) {
    requireRefused(spark == null ? "" : spark, scala == null ? "" : scala);
  }

  @Test
  void refusesTheSparkOfTheOtherBuild() {
    if (FOUR) {
      requireRefused("3.5.7", "2.12.18");
    } else {
      requireRefused("4.2.0", "2.13.17");
    }
  }

  private static void requireRefused(String spark, String scala) {
    assertThatThrownBy(() -> SparkBuild.require(spark, scala))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(FOUR ? "longcast-spark4.jar is built" : "longcast.jar is built")
        .hasMessageContaining("found Spark " + spark + " with Scala " + scala)
        .hasMessageContaining("Spark 3.5 with Scala 2.12 needs longcast.jar")
        .hasMessageContaining("Spark 4 with Scala 2.13 needs longcast-spark4.jar");
  }

  @Test
  void namesThePackagesOfTheRunningSpark() {
    String scala = FOUR ? "2.13" : "2.12";
    assertThat(SparkBuild.kafkaPackage())
        .isEqualTo(
            "org.apache.spark:spark-sql-kafka-0-10_%s:%s".formatted(scala, SparkBuild.version()));
    assertThat(SparkBuild.deltaPackage()).matches("io\\.delta:delta-spark_" + scala + ":[\\d.]+");
  }
}
