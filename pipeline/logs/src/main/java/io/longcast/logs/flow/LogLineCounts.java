package io.longcast.logs.flow;

import io.longcast.logs.line.RejectReason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many lines of a log were read, and what became of them.
 *
 * @param read lines in the files
 * @param used lines that entered a session
 * @param withoutSession lines of entries that name no session
 * @param rejects lines listed as rejects by reason, without reasons that no line has
 */
public record LogLineCounts(
    long read, long used, long withoutSession, Map<RejectReason, Long> rejects) {

  public LogLineCounts {
    rejects = Map.copyOf(rejects);
  }

  /** Lines listed as rejects. */
  public long rejected() {
    return rejects.values().stream().mapToLong(Long::longValue).sum();
  }

  /** True if every line is accounted for. */
  public boolean balances() {
    return read == used + withoutSession + rejected();
  }

  /**
   * Requires that something can be learned or judged: an empty log is no mistake, one of which
   * nothing can be used is.
   *
   * @throws IllegalArgumentException if lines were read and none is of a session, with the counts
   *     by reason and the key that mends the most frequent one
   */
  void requireUsed() {
    long blank = rejects.getOrDefault(RejectReason.BLANK, 0L);
    if (used == 0 && read > blank) {
      throw new IllegalArgumentException(
          "no line of the log can be used: "
              + this
              + "; "
              + hint()
              + "; the table rejects lists"
              + " rejected lines with their reasons");
    }
  }

  private String hint() {
    List<RejectReason> frequent =
        frequent().stream().filter(reason -> !reason.key().isEmpty()).toList();
    if (frequent.isEmpty() || rejects.get(frequent.get(0)) < withoutSession) {
      return "most lines name no session: declare a session field, a pattern or a window (keys"
          + " logs.lines.fields, logs.lines.sessionPattern, logs.lines.window)";
    }
    RejectReason first = frequent.get(0);
    return "most frequent: %s (%,d lines), see key %s"
        .formatted(first.words(), rejects.get(first), first.key());
  }

  private List<RejectReason> frequent() {
    return rejects.keySet().stream()
        .sorted(
            Comparator.comparing((RejectReason reason) -> -rejects.get(reason))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** Counts by reason, the most frequent first, each with the key that mends it. */
  private String reasons() {
    return frequent().stream()
        .map(
            reason ->
                "%,d %s%s"
                    .formatted(
                        rejects.get(reason),
                        reason.words(),
                        reason.key().isEmpty() ? "" : " [" + reason.key() + "]"))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return "lines read %,d = in sessions %,d + without a session %,d + rejected %,d%s"
        .formatted(
            read,
            used,
            withoutSession,
            rejected(),
            rejects.isEmpty() ? "" : " (" + reasons() + ")");
  }
}
