package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BenchmarkFileTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("longcast.root"), "conf", "benchmarks");

  @TestFactory
  Stream<DynamicTest> readsEveryProtocolWithItsSettingsAndVariants() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
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

  /** The second station is evaluated with the settings of the first. */
  @Test
  void takesOverWhatAFileIncludes() {
    assertSecondStation("etth2", "ett", "ETTh2.csv");
    assertSecondStation("ettm2", "ettm1", "ETTm2.csv");
  }

  private static void assertSecondStation(String second, String first, String csv) {
    SplitCsvSpec judged = BenchmarkFile.protocol(file(second)).splitCsv().orElseThrow();
    SplitCsvSpec like = BenchmarkFile.protocol(file(first)).splitCsv().orElseThrow();
    assertThat(judged.file()).isEqualTo(csv);
    assertThat(judged).usingRecursiveComparison().ignoringFields("file").isEqualTo(like);
    assertThat(BenchmarkFile.settings(file(second), List.of()).spec())
        .isEqualTo(BenchmarkFile.settings(file(first), List.of()).spec());
  }

  private static Path file(String name) {
    return FOLDER.resolve(name + ".conf");
  }
}
