package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.logs.line.FileOrder.LogFile;
import io.longcast.logs.line.LogClock.Start;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Years and repeated hours from the order of lines, whatever files and parts they are cut into. */
class LogClockTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void yearsAreFoundAgainInAnyCut() {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      Instant from = Instant.parse("2015-01-01T00:00:00Z").plusSeconds(random.nextInt(200_000_000));
      List<Instant> truth = times(random, from, Duration.ofDays(1 + random.nextInt(150)));
      boolean declared = random.nextBoolean();
      int year = truth.get(truth.size() - 1).atZone(ZoneOffset.UTC).getYear();
      YearStarts starts = new YearStarts(declared ? year : 0, ZoneOffset.UTC);
      long modified =
          truth.get(truth.size() - 1).plusSeconds(random.nextInt(9_000_000)).toEpochMilli();
      assertThat(read(truth, random, starts, declared ? 0 : modified)).isEqualTo(truth);
    }
  }

  /** Cuts the times into files and parts, drops the years and reads them again. */
  private static List<Instant> read(
      List<Instant> truth, Random random, YearStarts years, long modified) {
    List<LogFile> files = new ArrayList<>();
    Map<String, List<YearStarts.Summary>> summaries = new HashMap<>();
    Map<FilePart, List<LogTime>> parts = new HashMap<>();
    List<FilePart> order = new ArrayList<>();
    for (int at = 0; at < truth.size(); ) {
      int end = Math.min(truth.size(), at + random.nextInt(60));
      boolean newFile = files.isEmpty() || random.nextInt(3) == 0;
      String file = newFile ? "f" + files.size() : files.get(files.size() - 1).path();
      if (newFile) {
        files.add(new LogFile(file, modified));
      }
      FilePart part = new FilePart(file, at * 10L + order.size());
      List<LogTime> times = truth.subList(at, end).stream().map(LogClockTest::yearless).toList();
      summaries
          .computeIfAbsent(file, name -> new ArrayList<>())
          .add(YearStarts.Summary.of(part, times.iterator()));
      parts.put(part, times);
      order.add(part);
      at = end;
    }
    Map<FilePart, Start> starts = years.of(files, summaries);
    List<Instant> read = new ArrayList<>();
    for (FilePart part : order) {
      LogClock clock = new LogClock(starts.get(part));
      parts.get(part).forEach(time -> read.add(clock.resolve(time)));
    }
    return read;
  }

  private static LogTime yearless(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    return new LogTime.Yearless(local.withYear(LogTime.Yearless.YEAR), ZoneOffset.UTC);
  }

  /** Steps up to a longest one, some lines out of order by days. */
  private static List<Instant> times(Random random, Instant from, Duration longest) {
    List<Instant> times = new ArrayList<>();
    Instant at = from;
    for (int i = 0; i < 200; i++) {
      at = at.plusSeconds((long) (random.nextDouble() * random.nextDouble() * longest.toSeconds()));
      boolean late = random.nextInt(10) == 0 && i > 0 && i < 199;
      times.add(late ? at.minusSeconds(random.nextInt(3 * 86_400)) : at);
    }
    return times;
  }

  @Test
  void aTwentyNinthOfFebruaryIsOfALeapYear() {
    List<Instant> truth =
        List.of(Instant.parse("2024-02-29T10:00:00Z"), Instant.parse("2024-03-01T10:00:00Z"));
    long copied = Instant.parse("2026-05-01T00:00:00Z").toEpochMilli();
    assertThat(read(truth, new Random(1), new YearStarts(0, ZoneOffset.UTC), copied))
        .isEqualTo(truth);
    LogClock clock = new LogClock(Start.unknown(2023));
    assertThatThrownBy(() -> clock.resolve(yearless(truth.get(0))))
        .isInstanceOf(RejectedLine.class)
        .hasMessageContaining("29 February does not exist in 2023");
  }

  @Test
  void aFileWithoutATimeOfItsOwnLeavesTheYearUnknown() {
    YearStarts.Summary summary =
        YearStarts.Summary.of(
            new FilePart("f", 0),
            List.of(yearless(Instant.parse("2024-01-01T00:00:00Z"))).iterator());
    Start start =
        new YearStarts(0, ZoneOffset.UTC)
            .of(List.of(new LogFile("f", 0)), Map.of("f", List.of(summary)))
            .get(new FilePart("f", 0));
    LogClock clock = new LogClock(start);
    assertThatThrownBy(() -> clock.resolve(yearless(Instant.EPOCH)))
        .isInstanceOfSatisfying(
            RejectedLine.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.NO_YEAR));
  }

  @Test
  void repeatedHoursAreFoundAgainInAnyCut() {
    Random random = new Random(6);
    int repeated = 0;
    for (int i = 0; i < 500; i++) {
      Instant at = Instant.parse("2023-10-28T22:00:00Z");
      List<Instant> truth = new ArrayList<>();
      int longest = 1 + random.nextInt(1500);
      while (at.isBefore(Instant.parse("2023-10-29T04:00:00Z"))) {
        truth.add(at);
        at = at.plusSeconds(1 + random.nextInt(longest));
      }
      repeated += readRepeated(truth, random) == truth.size() ? 1 : 0;
    }
    assertThat(repeated).isEqualTo(500);
  }

  private static int readRepeated(List<Instant> truth, Random random) {
    List<LogFile> files = new ArrayList<>();
    Map<String, List<RepeatStarts.Summary>> summaries = new HashMap<>();
    Map<FilePart, List<Instant>> parts = new HashMap<>();
    for (int at = 0; at < truth.size(); ) {
      int end = Math.min(truth.size(), at + random.nextInt(30));
      FilePart part = new FilePart("f" + files.size(), 0);
      files.add(new LogFile(part.file(), 0));
      List<Instant> own = truth.subList(at, end);
      summaries.put(
          part.file(), List.of(RepeatStarts.Summary.of(part, Start.unknown(0), times(own), false)));
      parts.put(part, own);
      at = end;
    }
    Map<FilePart, Instant> last = RepeatStarts.of(files, summaries);
    int right = 0;
    for (Map.Entry<FilePart, List<Instant>> part : parts.entrySet()) {
      LogClock clock = new LogClock(new Start(0, -1, last.get(part.getKey())));
      for (Instant time : part.getValue()) {
        right += clock.resolve(local(time)).equals(time) ? 1 : 0;
      }
    }
    return right;
  }

  private static java.util.Iterator<LogTime> times(List<Instant> times) {
    return times.stream().map(LogClockTest::local).iterator();
  }

  private static LogTime local(Instant time) {
    return new LogTime.Local(LocalDateTime.ofInstant(time, BERLIN), BERLIN);
  }

  @Test
  void aLocalTimeThatTheZoneSkipsIsRejected() {
    LogClock clock = new LogClock(Start.unknown(0));
    LogTime skipped = new LogTime.Local(LocalDateTime.parse("2024-03-31T02:30:00"), BERLIN);
    assertThatThrownBy(() -> clock.resolve(skipped))
        .isInstanceOf(RejectedLine.class)
        .hasMessageContaining("does not exist in Europe/Berlin");
  }

  @Test
  void aLineThatIsLateByLessThanAMinuteIsOfItsOwnHour() {
    LogClock clock = new LogClock(Start.unknown(0));
    List<Instant> read = new ArrayList<>();
    for (String text :
        List.of("02:59:59", "02:59:58", "02:00:00", "02:59:30", "02:00:01", "03:00:00")) {
      read.add(clock.resolve(new LogTime.Local(LocalDateTime.parse("2023-10-29T" + text), BERLIN)));
    }
    assertThat(read)
        .extracting(Instant::toString)
        .containsExactly(
            "2023-10-29T00:59:59Z",
            "2023-10-29T00:59:58Z",
            "2023-10-29T01:00:00Z",
            "2023-10-29T00:59:30Z",
            "2023-10-29T01:00:01Z",
            "2023-10-29T02:00:00Z");
  }
}
