package io.longcast;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows between the packages. */
@Tag("once")
class ArchitectureTest {
  private static final String ROOT = "io.longcast.";
  private static final String SPARK = "org.apache.spark..";
  private static final String[] DL4J = {
    "org.deeplearning4j..", "org.nd4j..", "org.datavec..", "org.bytedeco.."
  };

  /** What each package may use besides itself, the JDK and SLF4J; a dot stands for its children. */
  private static final Map<String, List<String>> ARROWS = new TreeMap<>();

  static {
    List<String> models = List.of("series", "scale", "window", "model");
    ARROWS.put("series", List.of());
    ARROWS.put("scale", List.of("series"));
    ARROWS.put("window", List.of("series", "scale"));
    ARROWS.put("table", List.of("series"));
    ARROWS.put("read", List.of("series", "table"));
    ARROWS.put("clean", List.of("series", "table", "read"));
    ARROWS.put("write", List.of("series", "table"));
    ARROWS.put("generate", List.of("series", "table"));
    ARROWS.put("model.recurrent", List.of());
    ARROWS.put("model.network", List.of("series", "scale", "window", "model", "model.recurrent"));
    ARROWS.put("model.baseline", models);
    // Of the kernels, the trainer asks for the numerics that decide whether bits can be equal.
    ARROWS.put(
        "train",
        List.of("series", "table", "scale", "window", "model", "model.dl4j", "model.recurrent"));
    ARROWS.put(
        "model.dl4j",
        List.of("series", "scale", "window", "model", "model.network", "model.recurrent"));
    ARROWS.put("model.bundle", List.of("model", "model.dl4j", "model.network"));
    ARROWS.put("model.defaults", models);
    List<String> serving = List.of("series", "table", "scale", "window", "model");
    ARROWS.put("forecast", serving);
    // The language of log keys is a network of its own over the kernels.
    // A log model reads its files out of a bundle.
    ARROWS.put(
        "anomaly",
        and(serving, "forecast", "evaluate", "model.bundle", "model.network", "model.recurrent"));
    ARROWS.put("evaluate", List.of("series", "table"));
    ARROWS.put("backtest", and(serving, "train", "forecast", "anomaly", "evaluate"));
    ARROWS.put(
        "benchmark",
        and(serving, "model.baseline", "train", "forecast", "anomaly", "evaluate", "backtest"));
    ARROWS.put("report", List.of("series", "table", "evaluate"));
  }

  private static List<String> and(List<String> names, String... more) {
    return Stream.concat(names.stream(), Arrays.stream(more)).toList();
  }

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.longcast");

  @TestFactory
  Stream<DynamicTest> keepsToItsArrows() {
    return ARROWS.entrySet().stream()
        .map(arrow -> DynamicTest.dynamicTest(arrow.getKey(), () -> check(arrow)));
  }

  private static void check(Map.Entry<String, List<String>> arrow) {
    String[] allowed =
        Stream.concat(Stream.of(arrow.getKey()), arrow.getValue().stream())
            .flatMap(ArchitectureTest::own)
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> ours = resideInAnyPackage("io.longcast..");
    noClasses()
        .that(resideInAnyPackage(own(arrow.getKey()).toArray(String[]::new)))
        .should()
        .dependOnClassesThat(ours.and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** The package itself; of leaves, the packages below as well. */
  private static Stream<String> own(String name) {
    return name.equals("model") ? Stream.of(ROOT + name) : Stream.of(ROOT + name + "..");
  }

  @Test
  void hasNoCycles() {
    slices().matching("io.longcast.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void keepsDl4jInTheAdapterAndTheTrainer() {
    noClasses()
        .that(outside("model.dl4j", "train", "bench"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DL4J)
        .check(CLASSES);
  }

  @Test
  void keepsSparkInItsPackagesAndInStagesAndSinks() {
    noClasses()
        .that(
            outside("table", "read", "clean", "write", "train", "generate", "flow", "bench")
                .and(notStages()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SPARK)
        .check(CLASSES);
  }

  @Test
  void keepsTheMathematicsOnTheJdk() {
    ArchRule rule =
        classes()
            .that(
                resideInAnyPackage(of("series", "scale", "window", "model.recurrent"))
                    .and(notStages()))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jdk.incubator.vector..", "io.longcast..", "org.slf4j..");
    rule.check(CLASSES);
  }

  @Test
  void letsOnlyTheCommandLineUseFlowsAndSettings() {
    noClasses()
        .that(outside("flow", "jobs"))
        .should()
        .dependOnClassesThat(inside("flow"))
        .check(CLASSES);
    noClasses()
        .that(outside("config", "flow", "jobs"))
        .should()
        .dependOnClassesThat(inside("config"))
        .check(CLASSES);
  }

  @Test
  void seesTheClassesItJudges() {
    assertThat(CLASSES.size()).isGreaterThan(100);
    ARROWS.keySet().stream()
        .filter(name -> List.of("series", "window", "table", "evaluate").contains(name))
        .forEach(name -> assertThat(CLASSES.stream().filter(inside(name))).isNotEmpty());
  }

  private static DescribedPredicate<JavaClass> inside(String... names) {
    return resideInAnyPackage(of(names));
  }

  private static DescribedPredicate<JavaClass> outside(String... names) {
    return resideOutsideOfPackages(of(names));
  }

  private static String[] of(String... names) {
    return Arrays.stream(names).map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  /** Stages, sinks, what they hand out and the rows they write may use Spark anywhere. */
  private static DescribedPredicate<JavaClass> notStages() {
    return DescribedPredicate.describe(
        "are no stage or sink",
        type ->
            !type.getName().replaceFirst("\\$.*", "").matches(".*(Stage|Sink|Result|Blocks|Rows)"));
  }
}
