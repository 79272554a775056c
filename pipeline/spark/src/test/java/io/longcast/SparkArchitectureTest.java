package io.longcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import io.longcast.spark.Forecaster;
import io.longcast.testing.PackageArrows;
import java.util.ArrayList;
import java.util.Arrays;
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
    arrows.put("files", List.of());
    arrows.put("metrics", List.of());
    arrows.put("http", List.of());
    arrows.put("tracking", List.of("http"));
    arrows.put("table", List.of("series", "files"));
    arrows.put("read", List.of("series", "files", "table"));
    arrows.put("clean", List.of("series", "table", "read", "state"));
    arrows.put("write", List.of("series", "files", "table"));
    arrows.put("generate", List.of("series", "table"));
    arrows.put("shard", List.of("series", "scale", "window"));
    // Of the kernels, the trainer asks for the numerics that decide whether bits can be equal.
    arrows.put(
        "train",
        List.of(
            "series",
            "files",
            "table",
            "scale",
            "window",
            "shard",
            "state",
            "metrics",
            "model",
            "model.dl4j",
            "model.recurrent"));
    arrows.put("model.bundle", List.of("model", "model.dl4j", "model.network", "model.zero"));
    List<String> forecasting = new ArrayList<>(serving);
    forecasting.addAll(List.of("clean", "state", "stream", "metrics"));
    arrows.put("forecast", forecasting);
    arrows.put("stream", List.of("series", "table", "clean", "metrics"));
    arrows.put("report", List.of("series", "table", "evaluate"));
    return ARROWS.tests(arrows);
  }

  @Test
  void hasNoCycles() {
    ARROWS.requireNoCycles();
  }

  /** The API takes a configuration of DL4J and hands it on as text. */
  @Test
  void keepsSparkInternalsInTheirAdapters() {
    ARROWS.requireSparkInternalsApart();
  }

  @Test
  void keepsDl4jInTheAdapterAndTheTrainer() {
    noClasses()
        .that(
            resideInAnyPackage("io.longcast..")
                .and(not(equivalentTo(Forecaster.class)))
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
  void keepsSettingsOutOfTheStages() {
    noClasses()
        .that(outside("config", "pipeline", "spark", "flow"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.longcast.config..")
        .check(ARROWS.classes());
  }

  /** The API and what it shares with the command line write no tables and promote nothing. */
  @Test
  void keepsTheCommandLineOnTopOfTheApi() {
    noClasses()
        .that(outside("flow"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.longcast.flow..")
        .check(ARROWS.classes());
    noClasses()
        .that(outside("spark", "flow"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.longcast.spark..")
        .check(ARROWS.classes());
  }

  private static DescribedPredicate<JavaClass> outside(String... packages) {
    String[] patterns =
        Arrays.stream(packages).map(name -> "io.longcast." + name + "..").toArray(String[]::new);
    return resideInAnyPackage("io.longcast..").and(not(resideInAnyPackage(patterns)));
  }
}
