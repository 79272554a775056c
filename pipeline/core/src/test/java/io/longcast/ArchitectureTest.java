package io.longcast;

import io.longcast.testing.PackageArrows;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arrows between the packages of the core. */
@Tag("once")
class ArchitectureTest {
  private static final PackageArrows ARROWS = new PackageArrows();
  private static final List<String> MODELS = List.of("series", "scale", "window", "model");

  @TestFactory
  Stream<DynamicTest> keepsToItsArrows() {
    return ARROWS.tests(
        Map.of(
            "series", List.of(),
            "state", List.of(),
            "scale", List.of("series"),
            "window", List.of("series", "scale"),
            "model.recurrent", List.of(),
            "model.network", List.of("series", "scale", "window", "model", "model.recurrent"),
            "model.baseline", MODELS,
            "model.defaults", MODELS,
            "evaluate", List.of("series"),
            "anomaly",
                List.of(
                    "series", "state", "model", "model.network", "model.recurrent", "evaluate")));
  }

  @Test
  void hasNoCycles() {
    ARROWS.requireNoCycles();
  }
}
