package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.FolderSystem;
import io.longcast.files.StoredFileException;
import io.longcast.read.SourceWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLedgerTest {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final Optional<Duration> WEEK = Optional.of(Duration.ofDays(7));

  @TempDir java.nio.file.Path folder;

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static FileStatus file(int day, long length) {
    return new FileStatus(length, false, 1, 1, 1000L * day, new Path("file:/in/day-" + day));
  }

  private static List<FileStatus> files(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(day -> file(day, 9)).toList());
  }

  private SourceLedger ledger(String source) {
    Path file = new Path(folder.resolve("runs/a.json").toString());
    return SourceLedger.open(FolderSystem.of(new Configuration(), file), file, source);
  }

  private SourceWindow window(List<FileStatus> files, String model, Optional<Duration> lookback) {
    return ledger("csv in").window(files, model, lookback, day(100));
  }

  /** Serves days of files as a run does. */
  private void serve(List<FileStatus> files, String model, int reached) {
    Map<String, Instant> newest = new TreeMap<>();
    for (String fresh : window(files, model, WEEK).fresh()) {
      newest.put(fresh, day(Integer.parseInt(fresh.replaceAll(".*-", "")) + 1).minusSeconds(3600));
    }
    ledger("csv in").finish(files, newest, model, Optional.of(day(reached)));
  }

  @Test
  void readsNewAndChangedFilesAndThoseOfTheLookback() {
    assertThat(window(files(20), "m", WEEK).from()).isEmpty();
    assertThat(window(files(20), "m", WEEK).fresh()).hasSize(20);
    serve(files(20), "m", 20);

    List<FileStatus> grown = files(21);
    SourceWindow next = window(grown, "m", WEEK);
    assertThat(next.from()).contains(day(13));
    assertThat(next.fresh()).containsExactly("file:/in/day-20");
    assertThat(next.skipped()).hasSize(13).contains("file:/in/day-12");

    grown.set(3, file(3, 10));
    SourceWindow changed = window(grown, "m", WEEK);
    assertThat(changed.fresh()).containsExactlyInAnyOrder("file:/in/day-20", "file:/in/day-3");
    assertThat(changed.skipped()).hasSize(12).doesNotContain("file:/in/day-3");
  }

  /** Its states end where it served last, or nowhere. */
  @Test
  void aModelThatDidNotServeReadsAsFarBackAsItHasTo() {
    serve(files(20), "m", 20);
    assertThat(window(files(21), "other", WEEK).from()).isEmpty();
    assertThat(window(files(21), "other", WEEK).skipped()).isEmpty();
    serve(files(40), "other", 40);
    assertThat(window(files(41), "other", WEEK).from()).contains(day(33));
    assertThat(window(files(41), "m", WEEK).from()).contains(day(13));
  }

  @Test
  void readsEverythingWhereItIsAskedForOrTheSourceIsAnother() {
    serve(files(20), "m", 20);
    assertThat(window(files(20), "m", Optional.empty()).skipped()).isEmpty();
    SourceWindow other = ledger("csv elsewhere").window(files(20), "m", WEEK, day(100));
    assertThat(other.from()).isEmpty();
    assertThat(other.fresh()).hasSize(20);
  }

  /** A source is described by a file that can be opened. */
  @Test
  void leavesOneFileWhereAllAreOld() {
    serve(files(5), "m", 90);
    assertThat(window(files(5), "m", WEEK).skipped()).hasSize(4).doesNotContain("file:/in/day-4");
  }

  @Test
  void refusesADamagedRecordNamingIt() throws IOException {
    serve(files(2), "m", 2);
    java.nio.file.Path record = folder.resolve("runs/a.json");
    Files.writeString(record, Files.readString(record).replace("2024-03", "2024-13"));
    assertThatThrownBy(() -> ledger("csv in"))
        .isInstanceOf(StoredFileException.class)
        .hasMessageContaining("a.json");
  }
}
