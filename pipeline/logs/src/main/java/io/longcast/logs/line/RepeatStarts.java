package io.longcast.logs.line;

import io.longcast.logs.line.FileOrder.LogFile;
import io.longcast.logs.line.LogClock.Start;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The last time before each part of a log, where a part may begin in an hour that occurs twice: the
 * times of a part are read both ways, and the part before decides which holds.
 */
final class RepeatStarts {
  /**
   * What the times of a part show.
   *
   * @param first its first time, the earlier of two; null if it has none
   * @param isRepeated whether that local time occurs twice
   * @param lastIfFirst its last time if it begins the first time round
   * @param lastIfSecond the same if it begins the second time round
   */
  record Summary(
      FilePart part, Instant first, boolean isRepeated, Instant lastIfFirst, Instant lastIfSecond)
      implements Serializable {

    /**
     * Of the times of a part, in their order.
     *
     * @param start what is known of the year
     * @param firstOnly whether to stop at the first: the last times are those of the first then
     */
    static Summary of(FilePart part, Start start, Iterator<LogTime> times, boolean firstOnly) {
      LogClock first = new LogClock(new Start(start.year(), start.second(), Instant.MIN));
      LogClock second = new LogClock(new Start(start.year(), start.second(), Instant.MAX));
      Summary summary = new Summary(part, null, false, null, null);
      while (times.hasNext() && !(firstOnly && summary.first() != null)) {
        LogTime time = times.next();
        if (time != null) {
          summary = summary.and(time, first, second);
        }
      }
      return summary;
    }

    private Summary and(LogTime time, LogClock ifFirst, LogClock ifSecond) {
      try {
        Instant one = ifFirst.resolve(time);
        Instant other = ifSecond.resolve(time);
        return first == null
            ? new Summary(part, one, !one.equals(other), one, other)
            : new Summary(part, first, isRepeated, one, other);
      } catch (RejectedLine skipped) {
        return this;
      }
    }
  }

  private RepeatStarts() {}

  /** Whether a part that is not the first of its log begins in an hour that occurs twice. */
  static boolean isNeeded(List<LogFile> files, Map<String, List<Summary>> parts) {
    boolean before = false;
    for (LogFile file : files) {
      for (Summary part : parts.getOrDefault(file.path(), List.of())) {
        if (before && part.isRepeated()) {
          return true;
        }
        before |= part.first() != null;
      }
    }
    return false;
  }

  /**
   * The last time before each part of a log.
   *
   * @param files of the log from the oldest to the newest
   * @param parts of each file in their order
   */
  static Map<FilePart, Instant> of(List<LogFile> files, Map<String, List<Summary>> parts) {
    Map<FilePart, Instant> before = new HashMap<>();
    Instant last = Instant.MIN;
    for (LogFile file : files) {
      for (Summary part : parts.getOrDefault(file.path(), List.of())) {
        before.put(part.part(), last);
        if (part.first() != null) {
          last = LogClock.isBefore(part.first(), last) ? part.lastIfSecond() : part.lastIfFirst();
        }
      }
    }
    return before;
  }
}
