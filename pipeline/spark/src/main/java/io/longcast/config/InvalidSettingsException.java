package io.longcast.config;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; the message lists every problem on its own line. */
public final class InvalidSettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<Problem> problems;

  public InvalidSettingsException(List<Problem> problems) {
    this(problems, 0);
  }

  /**
   * @param problems that are listed
   * @param more how many others there are
   */
  InvalidSettingsException(List<Problem> problems, int more) {
    super(message(problems, more));
    this.problems = List.copyOf(problems);
  }

  private static String message(List<Problem> problems, int more) {
    int all = problems.size() + more;
    String count = all == 1 ? "1 problem" : "%,d problems".formatted(all);
    String rest = more == 0 ? "" : "%n  and %,d more".formatted(more);
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", count + " in the settings:", rest));
  }

  /** Whether a setting is wrong by itself, rather than together with others. */
  public boolean isOfOneSetting() {
    return problems.stream().anyMatch(problem -> !problem.isContradiction());
  }

  /** All problems, in the order in which they were met. */
  public List<Problem> problems() {
    return problems;
  }
}
