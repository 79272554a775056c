package io.longcast.logs.line;

import io.longcast.logs.line.FileOrder.LogFile;
import io.longcast.logs.line.LogClock.Start;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which year each part of a log begins in, where times have none: years are counted along all parts
 * ({@link YearCount}), and the last line of the log is of the declared year, or of the latest one
 * that lets it lie before its file's last change.
 */
final class YearStarts {
  /** Clocks of the file system and of the log may differ by so much, zones included. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final Instant NO_FILE_TIME = Instant.parse("1980-01-02T00:00:00Z");

  /** Between two leap years lie seven others at most. */
  private static final int LEAP_CYCLE = 8;

  /**
   * What the times of a part show.
   *
   * @param first second of the year of its first time; negative if it has none
   * @param last the same of its last time
   * @param lastTime its last time, in a leap year
   * @param years from the first time to the last
   * @param leaps years, counted from the first time, with a 29 February
   */
  record Summary(
      FilePart part, long first, long last, LocalDateTime lastTime, int years, Set<Integer> leaps)
      implements Serializable {

    /** Of the times of a part, in their order; others are left out. */
    static Summary of(FilePart part, Iterator<LogTime> times) {
      YearCount count = YearCount.from(0);
      long first = -1;
      LocalDateTime last = null;
      Set<Integer> leaps = new HashSet<>();
      while (times.hasNext()) {
        if (times.next() instanceof LogTime.Yearless time) {
          int year = count.next(time);
          last = time.local();
          first = first < 0 ? count.last() : first;
          if (last.getDayOfYear() == 60) {
            leaps.add(year);
          }
        }
      }
      return new Summary(part, first, count.last(), last, count.year(), leaps);
    }
  }

  private final int declared;
  private final ZoneId zone;

  /**
   * @param declared year of the last line of each log; 0: of its file's last change
   * @param zone of the times
   */
  YearStarts(int declared, ZoneId zone) {
    this.declared = declared;
    this.zone = zone;
  }

  /**
   * What is known before the first line of a file that arrives alone: its year is the latest one in
   * which it is not after the arrival.
   */
  static Start arrived(LogTime.Yearless first, Instant arrival, ZoneId zone) {
    YearStarts years = new YearStarts(0, zone);
    boolean leaps = first.local().getDayOfYear() == 60;
    int year = years.lastYear(first.local(), arrival, leaps ? Set.of(0) : Set.of(), 0);
    return Start.unknown(year);
  }

  /**
   * What is known before each part of a log.
   *
   * @param files of the log from the oldest to the newest
   * @param parts of each file in their order
   */
  Map<FilePart, Start> of(List<LogFile> files, Map<String, List<Summary>> parts) {
    Map<FilePart, Start> relative = new HashMap<>();
    Set<Integer> leaps = new HashSet<>();
    YearCount count = YearCount.from(0);
    LocalDateTime last = null;
    long modified = 0;
    for (LogFile file : files) {
      for (Summary part : parts.getOrDefault(file.path(), List.of())) {
        relative.put(part.part(), new Start(count.year(), count.last(), Instant.MIN));
        if (part.first() >= 0) {
          int first = count.next(part.first());
          part.leaps().forEach(year -> leaps.add(first + year));
          count = YearCount.behind(first + part.years(), part.last());
          last = part.lastTime();
          modified = file.modified();
        }
      }
    }
    int year =
        last == null ? 0 : lastYear(last, Instant.ofEpochMilli(modified), leaps, count.year());
    int shift = year - count.year();
    relative.replaceAll(
        (part, start) ->
            year == 0
                ? Start.unknown(0)
                : new Start(start.year() + shift, start.second(), start.last()));
    return relative;
  }

  /** The year of the last line; 0 if it cannot be known. */
  private int lastYear(LocalDateTime last, Instant modified, Set<Integer> leaps, int count) {
    if (declared > 0 || modified.isBefore(NO_FILE_TIME)) {
      return declared;
    }
    LocalDateTime latest = LocalDateTime.ofInstant(modified.plus(AHEAD), zone);
    List<Integer> possible = new ArrayList<>();
    for (int year = latest.getYear(); possible.size() < LEAP_CYCLE; year--) {
      if (!last.withYear(year).isAfter(latest)) {
        possible.add(year);
      }
    }
    return possible.stream()
        .filter(year -> leaps.stream().allMatch(leap -> Year.isLeap(year - count + leap)))
        .findFirst()
        .orElse(possible.get(0));
  }
}
