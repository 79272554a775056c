package io.longcast.logs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.longcast.logs.line.RejectReason;
import io.longcast.settings.SettingException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
  private static final String USED = "used";
  private static final String WITHOUT = "without";
  private static final Column IS_ENTRY = col("reject").isNull();

  public LogLineCounts {
    rejects = Map.copyOf(rejects);
  }

  /** Sums over lines as they are read, which {@link #of(Function)} takes by their names. */
  public static List<Column> sums() {
    Stream<Column> entries =
        Stream.of(
            lines(IS_ENTRY.and(col("session_id").isNotNull())).as(USED),
            lines(IS_ENTRY.and(col("session_id").isNull())).as(WITHOUT));
    Stream<Column> rejects =
        Arrays.stream(RejectReason.values())
            .map(reason -> lines(col("reject").equalTo(reason.name())).as(reason.name()));
    return Stream.concat(entries, rejects).toList();
  }

  private static Column lines(Column condition) {
    return sum(when(condition, col("lines")).otherwise(0));
  }

  /** The counts of what {@link #sums} names; every line is in one of them. */
  public static LogLineCounts of(Function<String, Object> sums) {
    Map<RejectReason, Long> rejects = new EnumMap<>(RejectReason.class);
    for (RejectReason reason : RejectReason.values()) {
      rejects.put(reason, number(sums.apply(reason.name())));
    }
    rejects.values().removeIf(count -> count == 0);
    long used = number(sums.apply(USED));
    long without = number(sums.apply(WITHOUT));
    long rejected = rejects.values().stream().mapToLong(Long::longValue).sum();
    return new LogLineCounts(used + without + rejected, used, without, rejects);
  }

  /** Counts lines; one job. */
  public static LogLineCounts of(Dataset<Row> lines) {
    List<Column> sums = sums();
    Row row = lines.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)).head();
    return of(row::getAs);
  }

  private static long number(Object sum) {
    return sum == null ? 0 : ((Number) sum).longValue();
  }

  /** The same counts where so many lines are in the files. */
  public LogLineCounts withRead(long lines) {
    return new LogLineCounts(lines, used, withoutSession, rejects);
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
   * Requires a usable line: an empty log is accepted, a log whose lines are all rejected is not.
   *
   * @throws SettingException if lines were read and none is of a session, with the counts by reason
   *     and the keys that mend the most frequent one
   */
  public void requireUsed() {
    if (used > 0 || read == rejects.getOrDefault(RejectReason.BLANK, 0L)) {
      return;
    }
    RejectReason first =
        frequent().filter(reason -> !reason.key().isEmpty()).findFirst().orElse(null);
    String counts = "no line of the log can be used: " + this + "; ";
    if (first == null || rejects.get(first) < withoutSession) {
      throw new SettingException(
          List.of("logs.lines.fields", "logs.lines.sessionPattern", "logs.lines.window"),
          counts
              + "most lines have no session id: declare a session field, a session pattern or a window");
    }
    throw new SettingException(
        first.key(), counts + "most frequent is: " + first.words() + ", see the table rejects");
  }

  private Stream<RejectReason> frequent() {
    return rejects.keySet().stream()
        .sorted(
            Comparator.comparing((RejectReason reason) -> -rejects.get(reason))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Counts by reason, the most frequent first, each with the settings key that resolves it. */
  private String reasons() {
    return frequent()
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
