package io.longcast.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Which packages of a module may use which; what module boundaries hold needs no rule. */
public final class PackageArrows {
  private static final String ROOT = "io.longcast.";
  private static final String[] SPARK_INTERNALS = {
    "org.apache.spark.rdd..",
    "org.apache.spark.sql.catalyst..",
    "org.apache.spark.sql.execution..",
    "org.apache.spark.sql.internal..",
    "scala.collection..",
    "scala.reflect..",
    "scala.runtime.."
  };
  private static final Set<String> SPARK_METHODS =
      Set.of(
          "cloneSession",
          "internalCreateDataFrame",
          "ofRows",
          "queryExecution",
          "runJob",
          "sessionState",
          "sharedState");

  static {
    // Rules ask other libraries for the names of their classes alone, and need not read them.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
  }

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.longcast");

  /** The classes of all modules on the class path. */
  public JavaClasses classes() {
    return classes;
  }

  /**
   * One test per package: it uses nothing of Longcast but itself, {@code settings}, {@code
   * sparkinternals} and the packages listed.
   *
   * @param arrows allowed packages by package, each with those below it; the package {@code model}
   *     alone is meant without those below
   */
  public Stream<DynamicTest> tests(Map<String, List<String>> arrows) {
    return arrows.entrySet().stream()
        .map(
            arrow ->
                DynamicTest.dynamicTest(
                    arrow.getKey(), () -> check(arrow.getKey(), arrow.getValue())));
  }

  /** Fails where the top-level packages have a cycle. */
  public void requireNoCycles() {
    slices().matching("io.longcast.(*)..").should().beFreeOfCycles().check(classes);
  }

  /**
   * Fails where Spark beyond its public API is used outside its adapters, which are what another
   * Spark version has to change: the packages {@code sparkinternals}, and the data sources of text
   * files ({@code read.text}, {@code read.file}), whose interfaces Spark keeps to itself.
   */
  public void requireSparkInternalsApart() {
    DescribedPredicate<JavaClass> others =
        resideInAnyPackage("io.longcast..")
            .and(
                resideOutsideOfPackages(
                    "io.longcast.sparkinternals..",
                    "io.longcast.read.text..",
                    "io.longcast.read.file.."));
    noClasses()
        .that(others)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SPARK_INTERNALS)
        .check(classes);
    noClasses()
        .that(others)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "Spark keeps to itself: " + SPARK_METHODS,
                call ->
                    call.getTargetOwner().getPackageName().startsWith("org.apache.spark")
                        && SPARK_METHODS.contains(call.getTarget().getName())))
        .check(classes);
  }

  private void check(String name, List<String> allowed) {
    String[] reach =
        Stream.concat(Stream.of(name, "settings", "sparkinternals"), allowed.stream())
            .map(PackageArrows::pattern)
            .toArray(String[]::new);
    assertThat(classes.stream().filter(resideInAnyPackage(pattern(name))))
        .as("classes of package " + name)
        .isNotEmpty();
    DescribedPredicate<JavaClass> ours = resideInAnyPackage("io.longcast..");
    noClasses()
        .that(resideInAnyPackage(pattern(name)))
        .should()
        .dependOnClassesThat(ours.and(resideOutsideOfPackages(reach)))
        .check(classes);
  }

  private static String pattern(String name) {
    return ROOT + name + (name.equals("model") ? "" : "..");
  }
}
