package io.longcast.logs.draft;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.unix_micros;

import io.longcast.config.RunFile;
import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogSpec;
import io.longcast.logs.line.LogReadStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at a log and drafts a run file that trains on it. */
public final class LogDraftFlow {
  private static final int SHOWN = 5;

  /** Fewer sessions are all learned from: the alarm budget needs hundreds of normal ones. */
  private static final int ENOUGH = 500;

  private static final double HALF = 0.5;
  private static final double LEARNED = 0.7;
  private static final int ACCURACY = 10_000;

  /** Logs, rotated and packed ones among them. */
  private static final Pattern LOG =
      Pattern.compile(".*\\.log([.-].*)?|(.*[.-])?(syslog|messages)(\\W.*)?");

  private static final Pattern TABLE =
      Pattern.compile(".*\\.(csv|tsv|tab|dat|data|parquet|orc|conf)(\\.gz)?");

  private LogDraftFlow() {}

  /**
   * What came of it.
   *
   * @param text of the run file
   * @param rows the first entries as they are read, as lines
   * @param counts of the lines
   * @param sessions found
   */
  public record Result(String text, List<String> rows, String counts, long sessions) {}

  /** Whether a file or folder looks like a log: by its names, or by the header of its lines. */
  public static boolean isLog(Path data) {
    if (!Files.exists(data)) {
      return false;
    }
    List<String> names =
        LogSample.files(data).stream()
            .map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT))
            .toList();
    if (!Share.most(names, name -> !TABLE.matcher(name).matches())) {
      return false;
    }
    return Share.most(names, name -> LOG.matcher(name).matches())
        || LogDraft.isLog(LogSample.of(data).lines());
  }

  /**
   * Drafts a run file. Reads the log twice.
   *
   * @param data a file or a folder
   * @param name of the run
   * @param output folder for the tables of the run
   * @throws IllegalArgumentException if nothing can be read, or most lines have no time
   */
  public static Result run(SparkSession spark, Path data, String name, String output) {
    LogDraft draft = LogDraft.of(LogSample.of(data));
    List<String> words = new ArrayList<>(draft.words());
    words.add("logs.paths=[" + LogDraft.quoted(data.toString()) + "]");
    LogSpec spec = RunFile.read(Optional.empty(), words).spec().section(LogSpec.class);
    Dataset<Row> lines = LogReadStage.read(spark, spec.paths(), spec.lines(), spec.files());
    LogLineCounts counts = LogLineCounts.of(lines);
    counts.requireUsed();
    Dataset<Row> entries = lines.where(col("reject").isNull());
    Row sessions = sessions(entries);
    trainBefore(sessions).ifPresent(draft::trainBefore);
    String text =
        "name = %s%nlogs.paths = [%s]%n%soutput.path = %s%n"
            .formatted(
                LogDraft.quoted(name),
                LogDraft.quoted(data.toString()),
                draft.text(),
                LogDraft.quoted(output));
    List<String> rows =
        entries
            .select("session_id", "timestamp", "level", "component", "content")
            .limit(SHOWN)
            .toJSON()
            .collectAsList();
    return new Result(text, rows, counts.toString(), sessions.getLong(0));
  }

  /** Number of sessions, and the times until which half and most of them have ended. */
  private static Row sessions(Dataset<Row> entries) {
    return entries
        .groupBy("session_id")
        .agg(max("timestamp").as("end"))
        .agg(
            count(lit(1)),
            percentile_approx(
                unix_micros(col("end")), array(lit(HALF), lit(LEARNED)), lit(ACCURACY)))
        .head();
  }

  /** Empty where there are few sessions, or where too many of them end at one time. */
  private static Optional<Instant> trainBefore(Row sessions) {
    if (sessions.getLong(0) < ENOUGH || sessions.isNullAt(1)) {
      return Optional.empty();
    }
    List<Long> ends = sessions.getList(1);
    return ends.get(0) < ends.get(1)
        ? Optional.of(Instant.EPOCH.plus(ends.get(1), ChronoUnit.MICROS))
        : Optional.empty();
  }
}
