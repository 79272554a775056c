package io.longcast.logs.draft;

import static org.apache.spark.sql.functions.col;

import io.longcast.config.RunFile;
import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogSpec;
import io.longcast.logs.line.LogReadStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at a log and drafts a run file that trains on it. */
public final class LogDraftFlow {
  private static final int SHOWN = 5;

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

  /** Whether a file or folder looks like a log: by its name, or by the header of its lines. */
  public static boolean isLog(Path data) {
    String name = data.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.log(\\.\\d+)?(\\.gz)?")) {
      return true;
    }
    boolean text =
        Files.isRegularFile(data)
            && !name.matches(".*\\.(csv|tsv|json|jsonl|ndjson|parquet|orc|conf)(\\.gz)?");
    return text && LogDraft.isLog(LogSample.of(data));
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
    long sessions = entries.select("session_id").distinct().count();
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
    return new Result(text, rows, counts.toString(), sessions);
  }
}
