package io.longcast.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path parent;

  private static long dead() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  private Path left(String process) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("longcast-" + UUID.randomUUID()));
    Files.writeString(folder.resolve("process"), process);
    Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("rows"), "cached");
    return folder;
  }

  private static String of(long process) {
    Writer here = Writer.here();
    return here.text().replace("process=" + here.process(), "process=" + process);
  }

  private void next() {
    RunFolder.open(parent).close();
  }

  @Test
  void belongsToItsUserAloneAndGoesWithTheRun() throws IOException {
    Path foreign = Files.createDirectories(parent.resolve("foreign"));
    Path file = Files.writeString(foreign.resolve("file"), "");
    Path deep = parent.resolve("made/too");
    RunFolder folder = RunFolder.open(deep);
    for (Path own : new Path[] {folder.path(), deep, deep.getParent()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
          .isEqualTo("rwx------");
    }
    Files.createSymbolicLink(folder.path().resolve("link"), foreign);
    Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "");
    folder.close();
    assertThat(deep).isEmptyDirectory();
    assertThat(file).exists();
  }

  @Test
  void deletesWhatKilledRunsLeft() throws Exception {
    Path killed = left(of(dead()));
    Path reused =
        left(Writer.here().text().replace("started=" + Writer.here().started(), "started=" + OLD));
    Path elsewhere = Files.createDirectories(parent.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("file"), "");
    Files.createSymbolicLink(killed.resolve("link"), elsewhere);
    next();
    assertThat(killed).doesNotExist();
    assertThat(reused).doesNotExist();
    assertThat(file).exists();
  }

  @Test
  void leavesRunsThatAreAtWorkAndWhatIsNotARuns() throws Exception {
    String killed = of(dead());
    Path alive = left(Writer.here().text());
    Path elsewhere = left(killed.replace("machine=", "machine=other "));
    Path broken = left("who knows");
    Path named = Files.move(left(killed), parent.resolve("longcast-notes"));
    Path upper = Files.move(left(killed), parent.resolve("Longcast-" + UUID.randomUUID()));
    Path longer = Files.move(left(killed), parent.resolve("longcast-" + UUID.randomUUID() + ".1"));
    Path target = Files.move(left(killed), parent.resolve("target"));
    Path link = parent.resolve("longcast-" + UUID.randomUUID());
    Files.createSymbolicLink(link, target);
    Path file = Files.writeString(parent.resolve("longcast-" + UUID.randomUUID()), killed);
    for (Path old : new Path[] {alive, elsewhere, broken}) {
      Files.setLastModifiedTime(old, FileTime.from(OLD));
    }
    next();
    assertThat(new Path[] {alive, elsewhere, broken, named, upper, longer, target, link, file})
        .allSatisfy(path -> assertThat(path).exists());
    assertThat(target.resolve("a/b/rows")).exists();
  }

  @Test
  void leavesTheFoldersOfOtherUsers() throws Exception {
    Path foreign = left(of(dead()));
    boolean changed =
        new ProcessBuilder("chown", "65534", foreign.toString()).start().waitFor() == 0;
    assumeTrue(changed, "files can be given to another user by root alone");
    next();
    assertThat(foreign.resolve("a/b/rows")).exists();
  }

  @Test
  void deletesFoldersOfRunsThatWereKilledWhileTheyMadeThem() throws IOException {
    Path half = left("longcast writer");
    deleteBelow(half.resolve("a"));
    Path empty = Files.createDirectory(parent.resolve("longcast-" + UUID.randomUUID()));
    next();
    assertThat(half).exists();
    assertThat(empty).exists();
    Files.setLastModifiedTime(half, FileTime.from(OLD));
    Files.setLastModifiedTime(empty, FileTime.from(OLD));
    next();
    assertThat(half).doesNotExist();
    assertThat(empty).doesNotExist();
  }

  private static void deleteBelow(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
