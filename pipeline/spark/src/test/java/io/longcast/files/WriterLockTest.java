package io.longcast.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterLockTest {
  @TempDir Path output;

  @Test
  void takesOverTheLockOfAProcessThatEndedHere() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Writer here = Writer.here();
    leave(
        new Writer("x", "someone@here", here.machine(), ended.pid(), Instant.EPOCH, here.since()));
    WriterLock.take(files(), table(), Duration.ZERO).close();
    assertThat(lockFile()).doesNotExist();
  }

  @Test
  void takesANumberThatAnotherProcessHasNowForAProcessThatEnded() throws IOException {
    Writer here = Writer.here();
    Instant before = here.started().minusSeconds(60);
    leave(new Writer("x", "someone@here", here.machine(), here.process(), before, before));
    assertThat(WriterLock.tryTake(files(), table())).isPresent().get().satisfies(WriterLock::close);
  }

  @Test
  void waitsForASignOfLifeOfAProcessElsewhere() throws IOException {
    Writer elsewhere = new Writer("x", "someone@there", "there", 1, Instant.EPOCH, Instant.EPOCH);
    leave(elsewhere);
    assertThat(WriterLock.tryTake(files(), table())).isEmpty();
    Instant old = Instant.now().minus(WriterLock.LEASE).minusSeconds(5);
    Files.setLastModifiedTime(lockFile(), FileTime.from(old));
    assertThat(WriterLock.tryTake(files(), table())).isPresent().get().satisfies(WriterLock::close);
  }

  @Test
  void aWriterWhoseLockWasTakenOverChangesNothing() throws IOException {
    try (WriterLock lost = WriterLock.take(files(), table(), Duration.ZERO)) {
      lost.requireHeld();
      Writer other = new Writer("x", "someone@there", "there", 1, Instant.EPOCH, Instant.EPOCH);
      leave(other);
      assertThatThrownBy(lost::requireHeld)
          .hasMessageContaining("was taken over by another run (someone@there, process 1");
    }
    assertThat(lockFile()).as("the lock of the other run").exists();
  }

  @Test
  void takesNoWordOfALockThatIsDamaged() throws IOException {
    String whole = Writer.here().text();
    SplittableRandom random = new SplittableRandom(23);
    for (int i = 0; i < 2000; i++) {
      StringBuilder damaged = new StringBuilder(whole);
      damaged.setCharAt(random.nextInt(whole.length()), (char) random.nextInt(128));
      damaged.setLength(random.nextInt(2) == 0 ? whole.length() : random.nextInt(whole.length()));
      assertThat(Writer.parse(damaged.toString())).isNotNull();
    }
    for (String text : List.of("", "longcast writer 1\n", "x".repeat(1 << 20))) {
      Files.writeString(lockFile(), text);
      assertThat(WriterLock.tryTake(files(), table())).isEmpty();
    }
  }

  private void leave(Writer writer) throws IOException {
    Files.writeString(lockFile(), writer.text());
  }

  private Path lockFile() {
    return output.resolve(".metrics.lock");
  }

  private org.apache.hadoop.fs.Path table() {
    return new org.apache.hadoop.fs.Path(output.resolve("metrics").toString());
  }

  private FolderSystem files() {
    return FolderSystem.of(new Configuration(), table());
  }
}
