package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
  @TempDir Path folder;

  @Test
  void readsTheReferenceAlone() {
    assertThat(RunFile.read(Optional.empty(), List.of()).spec().window().horizon()).isPositive();
  }

  @Test
  void putsTheCommandLineOverTheFileOverTheReference() throws IOException {
    Path file = file("window.horizon = 7", "window.stride = 3");
    RunSpec spec = RunFile.read(Optional.of(file), List.of("window.horizon=9")).spec();
    assertThat(spec.window().horizon()).isEqualTo(9);
    assertThat(spec.window().stride()).isEqualTo(3);
  }

  @Test
  void putsAPresetBetweenTheReferenceAndTheFile() throws IOException {
    RunSpec fast = RunFile.read(Optional.empty(), List.of()).spec();
    List<String> accurate = List.of("preset=accurate");
    assertThat(fast.preset()).isEqualTo(RunSpec.Preset.FAST);
    assertThat(RunFile.read(Optional.empty(), accurate).spec().training().steps())
        .isEqualTo(8000)
        .isGreaterThan(fast.training().steps());
    Path file = file("preset = accurate", "training.steps = 7");
    assertThat(RunFile.read(Optional.of(file), List.of()).spec().training().steps()).isEqualTo(7);
    assertThatThrownBy(() -> RunFile.read(Optional.empty(), List.of("preset=quick")))
        .hasMessageContaining("preset")
        .hasMessageContaining("quick");
  }

  @Test
  void reportsAllProblemsAtOnceWithFileAndLine() throws IOException {
    Path file =
        file(
            "windw.horizon = 7",
            "window {",
            "  horizonn = 7",
            "  stride = often",
            "  contextLength = -1",
            "}");
    assertThatThrownBy(() -> RunFile.read(Optional.of(file), List.of("window.horizon=-1")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("run.conf:1: unknown key windw; did you mean \"window\"?")
        .hasMessageContaining("run.conf:3: unknown key window.horizonn; did you mean \"horizon\"?")
        .hasMessageContaining("run.conf:4: window.stride must be a whole number, found \"often\"")
        .hasMessageContaining("run.conf:5: contextLength must be >= 0, found -1")
        .hasMessageContaining("command line: horizon must be >= 1, found -1")
        .hasMessageStartingWith("5 problems");
  }

  @Test
  void refusesRenamedKeysWithTheirNewNames() throws IOException {
    Path file = file("training.divergence.oddValue = 10", "output.publish = auto");
    assertThatThrownBy(() -> RunFile.read(Optional.of(file), List.of("anomaly.segments=2")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "run.conf:1: key training.divergence.oddValue was renamed to"
                + " training.divergence.outlierFactor")
        .hasMessageContaining("key output.publish was renamed to output.commitProtocol")
        .hasMessageContaining("key anomaly.segments was renamed to anomaly.parallelChunks");
  }

  @Test
  void tellsDataFromARunFileByNameAndByContent() throws IOException {
    for (String name : List.of("my.csv", "my.csv.gz", "my.parquet", "my.jsonl")) {
      Path data = Files.writeString(folder.resolve(name), "series_id,timestamp,value\n");
      assertThatThrownBy(() -> RunFile.read(Optional.of(data), List.of()))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("this is data")
          .hasMessageContaining("not a run file: write a run file with source { format = ")
          .hasMessageContaining("source.paths='[\"" + data + "\"]'");
    }
    Path text = Files.writeString(folder.resolve("my.txt"), "a;t;v\nx;2024-01-01;1\n");
    assertThatThrownBy(() -> RunFile.read(Optional.of(text), List.of()))
        .hasMessageContaining("this is data (csv)");
    Path lines = Files.writeString(folder.resolve("my.json"), "{\"a\": 1}\n{\"a\": 2}\n");
    assertThatThrownBy(() -> RunFile.read(Optional.of(lines), List.of()))
        .hasMessageContaining("this is data (json)");
    assertThatThrownBy(() -> RunFile.read(Optional.of(folder), List.of()))
        .hasMessageContaining("a folder, not a run file");
    Path json = Files.writeString(folder.resolve("run.json"), "{\"window\": {\"horizon\": 5}}");
    assertThat(RunFile.read(Optional.of(json), List.of()).spec().window().horizon()).isEqualTo(5);
  }

  @Test
  void saysWhyASettingCannotBeRead() throws IOException {
    assertThatThrownBy(() -> RunFile.read(Optional.empty(), List.of("source.paths=[\"a\"")))
        .hasMessageContaining("command line: cannot read the setting of source.paths: ")
        .hasMessageContaining("end of file");
    assertThatThrownBy(() -> RunFile.read(Optional.empty(), List.of("anomaly.bucket=9 parsecs")))
        .hasMessageContaining("anomaly.bucket must be a duration")
        .hasMessageContaining("Could not parse time unit 'parsecs'");
    Path including = file("include \"absent.conf\"");
    assertThatThrownBy(() -> RunFile.read(Optional.of(including), List.of()))
        .hasMessageContaining("absent.conf");
    Files.writeString(folder.resolve("base.conf"), "window.horizon = 5");
    Path included = file("include \"base\"");
    assertThat(RunFile.read(Optional.of(included), List.of()).spec().window().horizon())
        .isEqualTo(5);
  }

  @Test
  void saysWhichLineCannotBeParsed() throws IOException {
    Path file = file("name = x", "window { horizon = ] }");
    assertThatThrownBy(() -> RunFile.read(Optional.of(file), List.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("run.conf:2: ");
  }

  @Test
  void namesAMissingRunFile() {
    assertThatThrownBy(() -> RunFile.read(Optional.of(Path.of("conf/absent.conf")), List.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("conf/absent.conf: no such run file");
  }

  @Test
  void refusesAWordThatSetsNothing() {
    assertThatThrownBy(() -> RunFile.read(Optional.empty(), List.of("horizon")))
        .hasMessageContaining("command line: expected key=value, found \"horizon\"");
  }

  @Test
  void takesPathsAndAddressesOfTheCommandLineAsTheyAre() {
    RunSpec run = RunFile.read(Optional.empty(), List.of("output.path=s3a://b/run-1,a")).spec();
    assertThat(run.output().path()).isEqualTo("s3a://b/run-1,a");
  }

  @Test
  void showsNoSecretOfAWordThatSetsNothing() {
    assertThatThrownBy(() -> RunFile.read(Optional.empty(), List.of("password:hunter2")))
        .hasMessageContaining("expected key=value")
        .hasMessageNotContaining("hunter2");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("run.conf"), Arrays.asList(lines));
  }
}
