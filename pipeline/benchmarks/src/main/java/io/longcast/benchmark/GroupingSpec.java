package io.longcast.benchmark;

import java.util.List;

/**
 * Log lines with the group of each (loghub).
 *
 * @param systems all known systems; those whose folder exists are evaluated
 * @param log name of a system's raw lines, with {@code <System>} for its name
 * @param labels name of its labels, a CSV with the columns LineId and EventId
 */
public record GroupingSpec(List<LogSystem> systems, String log, String labels) {

  /**
   * One system. All that is specific to it is how its lines begin.
   *
   * @param name also that of its folder
   * @param pattern header of its lines
   */
  public record LogSystem(String name, String pattern) {}

  public GroupingSpec {
    systems = List.copyOf(systems);
  }
}
