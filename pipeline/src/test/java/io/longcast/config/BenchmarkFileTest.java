package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.benchmark.BenchmarkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BenchmarkFileTest {
  @TestFactory
  Stream<DynamicTest> readsEveryProtocolWithItsSettingsAndVariants() throws IOException {
    Path folder = Path.of(System.getProperty("longcast.root"), "conf", "benchmarks");
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> read(file)));
  }

  private static void read(Path file) {
    BenchmarkSpec protocol = BenchmarkFile.protocol(file);
    assertThat(protocol.name()).isEqualTo(file.getFileName().toString().replace(".conf", ""));
    RunSpec run = BenchmarkFile.settings(file, List.of()).spec();
    for (BenchmarkSpec.Variant variant : protocol.variants().orElse(List.of())) {
      assertThat(BenchmarkFile.settings(file, variant.settings()).spec())
          .as(variant.name())
          .isNotEqualTo(run);
    }
  }
}
