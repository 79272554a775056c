package io.longcast.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingPathsTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createFile(folder.resolve("march.log"));
    Files.createFile(folder.resolve("april.log"));
  }

  private static List<FileStatus> matches(Object path) {
    return ExistingPaths.matches(new Configuration(false), path.toString(), "logs.paths");
  }

  @Test
  void findsAPathAndAllThatAGlobMatches() {
    assertThat(matches(folder.resolve("march.log"))).hasSize(1);
    assertThat(matches(folder.resolve("*.log")))
        .extracting(found -> found.getPath().getName())
        .containsExactlyInAnyOrder("april.log", "march.log");
  }

  @Test
  void namesTheNearestPath() {
    Path wrong = folder.resolve("match.log");
    assertThatThrownBy(() -> matches(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "path does not exist: " + wrong + ", did you mean \"march.log\"? (key logs.paths)");
    Path nothing = folder.resolve("*.txt");
    assertThatThrownBy(() -> matches(nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path does not exist: " + nothing + " (key logs.paths)");
  }

  @Test
  void saysThatTheFolderIsMissingToo() {
    Path wrong = folder.resolve("logs").resolve("march.log");
    assertThatThrownBy(() -> matches(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "path does not exist: " + wrong + ", and neither does its folder (key logs.paths)");
  }

  @Test
  void namesTheKeyOfAFileSystemThatIsNotThere() {
    assertThatThrownBy(() -> matches("nowhere://host/x"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot list nowhere://host/x: ")
        .hasMessageEndingWith("(key logs.paths)");
  }
}
