package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run files that would hang a run or fill its memory. */
class HostileSettingsTest {
  /** Generous on a busy machine; what is tested would take hours or all memory. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private void assertRefused(String text, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("run.conf"), text);
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(() -> RunFile.read(Optional.of(file), List.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(50_000)));
  }

  private static String keys(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("k").append(i).append("=1\n");
    }
    return text.toString();
  }

  @Test
  void listsTheFirstOfManyProblems() throws IOException {
    assertRefused(keys(2_000), "2,000 problems in the settings:");
    assertRefused(keys(2_000), "and 1,900 more");
    assertRefused("window { " + keys(2_000) + " }", "unknown key window.k");
    assertRefused("k".repeat(900_000) + "=1", "1 problem in the settings");
  }

  @Test
  void boundsTheNumberOfValues() throws IOException {
    assertRefused(keys(100_000), "expected at most 20,000 values, found 10");
    assertRefused("window { x = ${name}\n" + keys(80_000) + " }", "expected at most 20,000 values");
    assertRefused("x = [${name}" + ", 1".repeat(300_000) + "]", "expected at most 20,000 values");
  }

  @Test
  void boundsIncludes() throws IOException {
    assertRefused("include \"run\"\ninclude \"run\"\n", "settings may include 32 files");
    assertRefused(("include file(\"" + folder.resolve("run.conf") + "\")\n").repeat(3), "include");
    for (int i = 0; i < 40; i++) {
      Files.writeString(
          folder.resolve("f" + i + ".conf"), ("include \"f" + (i + 1) + "\"\n").repeat(2));
    }
    assertRefused("include \"f0\"", "settings may include 32 files");
    assertRefused("include url(\"http://localhost:1/x.conf\")", "from files alone");
    assertRefused("include url(\"file:///etc/hostname\")", "from files alone");
    assertRefused("include \"http://localhost:1/x.conf\"", "from files alone");
    assertRefused("include \"file:/dev/zero\"", "from files alone");
    Path large = Files.write(folder.resolve("large.conf"), new byte[SettingsText.MAX_BYTES + 1]);
    assertRefused("include \"large\"", "at most 1,048,576 bytes");
    assertRefused("include file(\"" + large + "\")", "at most 1,048,576 bytes");
    assertRefused("include file(\"/dev/zero\")", "expected a plain file");
  }

  @Test
  void stillIncludesFilesOfTheUser() throws IOException {
    Files.writeString(folder.resolve("common.conf"), "seed = 7\n");
    Path file =
        Files.writeString(
            folder.resolve("run.conf"), "include \"common\"\nname = a\ntraining.seed = ${seed}");
    assertThat(RunFile.read(Optional.of(file), List.of()).spec().training().seed()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%d = ${a%d}${a%d}",
        "a%d = [${a%d}, ${a%d}]",
        "a%d { x = ${a%d}, y = ${a%d} }",
        "a%d = ${a%d} ${a%d}"
      })
  void boundsSubstitutions(String line) throws IOException {
    StringBuilder text = new StringBuilder("a0 = [0123456789]\n");
    if (line.contains("}$")) {
      text = new StringBuilder("a0 = 0123456789\n");
    }
    for (int i = 1; i < 60; i++) {
      text.append(line.formatted(i, i - 1, i - 1)).append('\n');
    }
    assertRefused(text.toString(), "grow beyond 16,777,216 characters");
  }

  /** Every definition means the one before, directly or through another key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = ${a}${a}",
        "a = ${?a}${?a}",
        "a = [${a}, ${a}]",
        "a = {x: ${a}, y: ${a}}",
        "b = ${a}${a}, a = ${b}",
        "b = ${a}${a}, a = ${b}${b}",
        "b = ${a}, c = ${b}${b}, a = ${c}",
        "s.a = ${a}${a}, a = ${s.a}"
      })
  void boundsValuesThatReferToThemselves(String line) throws IOException {
    String first = line.contains("{x") ? "a = {z: 1}\n" : "a = 0123456789\n";
    if (line.contains("[")) {
      first = "a = [0123456789]\n";
    }
    assertRefused(first + (line + "\n").repeat(60), "");
  }

  @Test
  void boundsPartsOfSectionsThatAwaitOthers() throws IOException {
    StringBuilder text = new StringBuilder("base { x = 0123456789 }\na0 = ${base} { y = 1 }\n");
    StringBuilder within = new StringBuilder("base { x = 1 }\na = ${base} { x0 = 0123456789\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d = ${base} { x = ${a%d.x}${a%d.x} }%n".formatted(i, i - 1, i - 1));
      within.append("x%d = ${a.x%d}${a.x%d}%n".formatted(i, i - 1, i - 1));
    }
    assertRefused(text.toString(), "grow beyond 16,777,216 characters");
    assertRefused(within + "}", "grow beyond 16,777,216 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a=", "a.", "${", "[{a:[", "\"", "("})
  void boundsDepth(String open) throws IOException {
    assertRefused("x = " + open.repeat(200_000 / open.length()), "");
    assertRefused(open.repeat(200_000 / open.length()), "");
    String closed = "[".repeat(50_000) + "]".repeat(50_000);
    assertRefused("x = " + closed, "");
  }

  @Test
  void boundsFiles() throws IOException {
    assertRefused(" ".repeat(SettingsText.MAX_BYTES + 1), "at most 1,048,576 bytes");
    for (String other : List.of("/dev/zero", folder.toString(), folder + "/absent")) {
      assertThatThrownBy(() -> RunFile.read(Optional.of(Path.of(other)), List.of()))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining(other);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preset=null",
        "name=null",
        "seed=null",
        "window=null",
        "source.paths=null",
        "training=7",
        "preset=[]",
        "preset={}",
        "preset=7"
      })
  void nullAndOtherTypesAreProblems(String word) {
    assertThatThrownBy(() -> RunFile.read(Optional.empty(), List.of(word)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(word.substring(0, word.indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clean.partitions",
        "stream.partitions",
        "forecast.batchSize",
        "anomaly.batchSize",
        "training.batchSize",
        "training.shards",
        "pretrain.training.batchSize"
      })
  void countsThatNoMachineCouldServeAreProblems(String key) {
    assertThatThrownBy(() -> RunFile.read(Optional.empty(), List.of(key + "=2147483647")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("found 2147483647");
  }

  @Test
  @Tag("long")
  void survivesDamagedRunFiles() throws IOException {
    String whole = Files.readString(Path.of("../../conf/energy.conf"));
    SplittableRandom random = new SplittableRandom(23);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        text.setCharAt(
            random.nextInt(text.length()), "{}[]\"$=:.,+\n\\0a#".charAt(random.nextInt(16)));
      }
      Path file = Files.writeString(folder.resolve("run.conf"), text);
      try {
        RunFile.read(Optional.of(file), List.of());
      } catch (InvalidSettingsException problems) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(40);
  }
}
