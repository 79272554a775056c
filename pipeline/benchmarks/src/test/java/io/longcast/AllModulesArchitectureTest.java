package io.longcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.longcast.testing.PackageArrows;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds in all modules of the pipeline, {@code logs} and {@code benchmarks} among them. */
@Tag("once")
class AllModulesArchitectureTest {
  private static final PackageArrows ARROWS = new PackageArrows();

  @Test
  void keepsSparkInternalsInTheirAdapters() {
    ARROWS.requireSparkInternalsApart();
  }

  /** A reader who searches for a name finds one class. */
  @Test
  void noTwoClassesHaveOneSimpleName() {
    Map<String, TreeSet<String>> classes =
        ARROWS.classes().stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(Predicate.not(each -> each.getSimpleName().equals("package-info")))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
    assertThat(classes).hasSizeGreaterThan(500);
    assertThat(classes.values()).allMatch(names -> names.size() == 1);
  }
}
