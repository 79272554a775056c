package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ConfFolderTest {
  @TestFactory
  Stream<DynamicTest> readsEveryRunFile() throws IOException {
    Path conf = Path.of(System.getProperty("longcast.root"), "conf");
    List<Path> files;
    try (Stream<Path> all = Files.list(conf)) {
      files = all.filter(ConfFolderTest::isRunFile).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat(RunFile.read(Optional.of(file), List.of()).spec().name())
                            .isEqualTo(file.getFileName().toString().replace(".conf", ""))));
  }

  /** spark.conf is Spark's, not ours. */
  private static boolean isRunFile(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".conf") && !name.equals("spark.conf");
  }
}
