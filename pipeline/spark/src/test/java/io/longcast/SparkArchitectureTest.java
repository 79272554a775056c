package io.longcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.longcast.testing.PackageArrows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arrows between the packages that work on Spark. */
class SparkArchitectureTest {
  private static final PackageArrows ARROWS = new PackageArrows();
  private static final String[] DL4J = {
    "org.deeplearning4j..", "org.nd4j..", "org.datavec..", "org.bytedeco.."
  };

  @TestFactory
  Stream<DynamicTest> keepsToItsArrows() {
    List<String> serving = List.of("series", "table", "scale", "window", "model");
    Map<String, List<String>> arrows = new TreeMap<>();
    arrows.put("table", List.of("series"));
    arrows.put("read", List.of("series", "table"));
    arrows.put("clean", List.of("series", "table", "read"));
    arrows.put("write", List.of("series", "table"));
    arrows.put("generate", List.of("series", "table"));
    arrows.put("shard", List.of("series", "scale", "window"));
    // Of the kernels, the trainer asks for the numerics that decide whether bits can be equal.
    arrows.put(
        "train",
        List.of(
            "series",
            "table",
            "scale",
            "window",
            "shard",
            "model",
            "model.dl4j",
            "model.recurrent"));
    arrows.put("model.bundle", List.of("model", "model.dl4j", "model.network"));
    arrows.put("forecast", serving);
    arrows.put("report", List.of("series", "table", "evaluate"));
    return ARROWS.tests(arrows);
  }

  @Test
  void hasNoCycles() {
    ARROWS.requireNoCycles();
  }

  @Test
  void keepsDl4jInTheAdapterAndTheTrainer() {
    noClasses()
        .that(
            resideInAnyPackage("io.longcast..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.longcast.model.dl4j..", "io.longcast.train.dl4j.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DL4J)
        .check(ARROWS.classes());
  }

  @Test
  void letsOnlyFlowsReadTheSettings() {
    noClasses()
        .that(
            resideInAnyPackage("io.longcast..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.longcast.config..", "io.longcast.flow..", "io.longcast.spark.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.longcast.config..", "io.longcast.flow..")
        .check(ARROWS.classes());
  }
}
