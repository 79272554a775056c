package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the container file of docs/operate.md copies are enough to run. */
@Tag("long")
class ContainerFileIT {
  @TempDir Path image;

  @Test
  void whatIsCopiedRuns() throws IOException, InterruptedException {
    Map<String, String> copies =
        OperateDocumentTest.copies(OperateDocumentTest.block("dockerfile"));
    for (Map.Entry<String, String> copy : copies.entrySet()) {
      Path target = Files.createDirectories(image.resolve(copy.getValue().substring(1)));
      if (!copy.getKey().equals("spark/")) {
        copy(SparkHome.ROOT.resolve(copy.getKey()), target);
      }
    }
    Path log = image.resolve("said.log");
    SparkHome.layOut(image.resolve("opt/spark"));
    ProcessBuilder entry =
        new ProcessBuilder(image.resolve("opt/longcast/bin/longcast").toString(), "help")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    entry.environment().put("SPARK_HOME", image.resolve("opt/spark").toString());
    Process process = entry.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log))
        .contains("Usage: longcast")
        .doesNotContain("building", "No such file");
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from)) {
      Files.copy(from, to.resolve(from.getFileName()));
      return;
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
          target.toFile().setExecutable(path.toFile().canExecute());
        }
      }
    }
  }
}
