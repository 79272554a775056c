package io.longcast;

import io.longcast.testing.PackageArrows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    Map<String, List<String>> arrows = new TreeMap<>();
    arrows.put("series", List.of());
    arrows.put("state", List.of());
    arrows.put("scale", List.of("series"));
    arrows.put("window", List.of("series", "scale"));
    arrows.put("model.recurrent", List.of());
    arrows.put("model.network", List.of("series", "scale", "window", "model", "model.recurrent"));
    arrows.put(
        "model.baseline",
        List.of("series", "scale", "window", "model", "model.zero", "model.recurrent", "matrix"));
    arrows.put("matrix", List.of());
    arrows.put("hierarchy", List.of("matrix"));
    arrows.put("model.defaults", MODELS);
    arrows.put("model.zero.synthetic", List.of());
    arrows.put("model.zero.season", List.of());
    arrows.put(
        "model.zero.network", List.of("model.network", "model.recurrent", "model.zero.season"));
    arrows.put("evaluate", List.of("series"));
    arrows.put(
        "anomaly",
        List.of("series", "state", "model", "model.network", "model.recurrent", "evaluate"));
    return ARROWS.tests(arrows);
  }

  @Test
  void hasNoCycles() {
    ARROWS.requireNoCycles();
  }
}
