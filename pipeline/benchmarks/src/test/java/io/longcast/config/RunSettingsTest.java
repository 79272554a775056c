package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.LogSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class RunSettingsTest {
  @TempDir Path folder;

  /** What a manifest says is enough to run again as before. */
  @TestFactory
  Stream<DynamicTest> givenBackAsWordsTheyAreTheSameRun() throws IOException {
    Path conf = Path.of(System.getProperty("longcast.root"), "conf");
    List<Path> files;
    try (Stream<Path> all = Files.list(conf)) {
      files =
          all.filter(file -> file.toString().endsWith(".conf") && !file.endsWith("spark.conf"))
              .sorted()
              .toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> again(file)));
  }

  private static void again(Path file) {
    RunSpec run = RunFile.read(Optional.of(file), List.of("seed=7", "preset=accurate")).spec();
    Map<String, String> settings = settings(run);
    List<String> words = new ArrayList<>();
    settings.forEach((key, value) -> words.add(key + "=" + value));
    RunSpec second = RunFile.read(Optional.empty(), words).spec();
    assertThat(settings(second)).isEqualTo(settings);
    assertThat(second.training()).isEqualTo(run.training()).isNotEqualTo(plain().training());
    assertThat(second.source())
        .isEqualTo(run.section(LogSpec.class).isConfigured() ? plain().source() : run.source());
    assertThat(second.anomaly())
        .isEqualTo(run.section(LogSpec.class).isConfigured() ? plain().anomaly() : run.anomaly());
    assertThat(second.section(LogSpec.class)).isEqualTo(run.section(LogSpec.class));
  }

  private static Map<String, String> settings(RunSpec run) {
    return run.section(LogSpec.class).isConfigured()
        ? RunSettings.ofSection(run, "logs")
        : RunSettings.ofSeries(run);
  }

  private static RunSpec plain() {
    return RunFile.read(Optional.empty(), List.of()).spec();
  }

  @Test
  void hidesSecretsWhereverTheWordStands() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.conf"),
            """
            source.options {
              dbPassword = hunter2
              fs.s3a.secret.key = hunter3
              url = "jdbc:postgresql://host/db?user=me&password=hunter4"
              delimiter = "true"
            }
            output.path = "s3a://id:hunter5@bucket/out"
            """);
    Map<String, String> settings = settings(RunFile.read(Optional.of(file), List.of()).spec());
    assertThat(settings.toString()).doesNotContain("hunter");
    assertThat(settings)
        .containsEntry("source.options.dbPassword", Secrets.HIDDEN)
        .containsEntry("source.options.fs.s3a.secret.key", Secrets.HIDDEN)
        .containsEntry("source.options.delimiter", "\"true\"")
        .containsEntry("output.format", "parquet");
  }

  @Test
  void keepsAddressesThatHoldNoSecret() {
    String address = "abfss://container@account.dfs.core.windows.net/out";
    RunSpec run = RunFile.read(Optional.empty(), List.of("output.path=" + address)).spec();
    assertThat(settings(run)).containsEntry("output.path", address);
  }
}
