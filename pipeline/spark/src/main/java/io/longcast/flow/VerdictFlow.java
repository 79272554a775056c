package io.longcast.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.longcast.anomaly.Verdicts;
import io.longcast.config.RunSpec;
import io.longcast.files.FolderSystem;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.EventsTable;
import io.longcast.table.VerdictsTable;
import io.longcast.write.FileLayout;
import io.longcast.write.TableReader;
import io.longcast.write.TableSink;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Keeps verdicts of operators on events, and reads what they come to. */
public final class VerdictFlow {
  private static final String NEWEST = "newest";

  private VerdictFlow() {}

  /** What an operator says of an event. */
  public enum Verdict {
    /** The alarm was right. */
    TRUE_ALARM,
    /** The alarm was not wanted. */
    FALSE_ALARM,
    /** What was said before does not count any more. */
    NONE
  }

  /**
   * A verdict.
   *
   * @param eventId of the events table
   * @param verdict what is said
   * @param channel whose threshold moves; empty: the strongest of the event
   * @param by who says it
   * @param note why
   * @param at when
   */
  public record Judgement(
      String eventId,
      Verdict verdict,
      Optional<String> channel,
      String by,
      Optional<String> note,
      Instant at) {}

  /**
   * What came of it.
   *
   * @param seriesId series of the event
   * @param channel whose threshold moves
   * @param lines what all verdicts come to, in words
   */
  public record Outcome(String seriesId, String channel, List<String> lines) {}

  /**
   * Writes a verdict in place of an earlier one on the same event. It counts from the next
   * detection on.
   *
   * @throws IllegalArgumentException if there is no such event, or it has no such channel
   */
  public static Outcome write(SparkSession spark, RunSpec run, Judgement said) {
    Row event =
        new TableReader(spark, run.output())
                .read(EventsTable.TABLE)
                .where(col(EventsTable.EVENT_ID).equalTo(said.eventId()))
                .orderBy(col(EventsTable.END).desc())
                .limit(1)
                .collectAsList()
                .stream()
                .findFirst()
                .orElseThrow(() -> unknown(run, said));
    String seriesId = event.getAs(EventsTable.SERIES_ID);
    List<String> channels = event.getList(event.fieldIndex(EventsTable.CHANNELS));
    String channel = said.channel().orElse(channels.get(0));
    if (!channels.contains(channel)) {
      throw new IllegalArgumentException(
          "event %s: expected one of its channels %s, found %s (--channel)"
              .formatted(said.eventId(), channels, channel));
    }
    List<Row> rows =
        said.verdict() == Verdict.NONE
            ? List.of()
            : List.of(
                RowFactory.create(
                    said.eventId(),
                    seriesId,
                    channel,
                    said.verdict().name().toLowerCase(Locale.ROOT),
                    Timestamp.from(said.at()),
                    said.by(),
                    said.note().orElse(null)));
    TableSink.open(spark, run.output())
        .replace(
            spark.createDataFrame(rows, VerdictsTable.SCHEMA),
            VerdictsTable.TABLE,
            Map.of(VerdictsTable.EVENT_ID, said.eventId()),
            FileLayout.ONE_TASK);
    List<Verdicts.Count> counts = counts(spark, run);
    List<String> judged = counts.stream().map(Verdicts.Count::channel).distinct().toList();
    return new Outcome(
        seriesId, channel, Verdicts.of(run.rules().verdicts(), judged, counts).lines());
  }

  private static IllegalArgumentException unknown(RunSpec run, Judgement said) {
    return new IllegalArgumentException(
        "no event %s in %s: alerts and the column event_id name them"
            .formatted(said.eventId(), run.output().table(EventsTable.TABLE.name())));
  }

  /**
   * What the verdicts of a run's output come to: of each event and channel the newest counts.
   *
   * @param channels of the model
   */
  static Verdicts verdicts(SparkSession spark, RunSpec run, List<String> channels) {
    return Verdicts.of(run.rules().verdicts(), channels, counts(spark, run));
  }

  private static List<Verdicts.Count> counts(SparkSession spark, RunSpec run) {
    Dataset<Row> newest =
        new TableReader(spark, run.output())
            .read(VerdictsTable.TABLE)
            .groupBy(VerdictsTable.EVENT_ID, VerdictsTable.CHANNEL)
            .agg(
                max_by(
                        struct(VerdictsTable.SERIES_ID, VerdictsTable.VERDICT),
                        col(VerdictsTable.AT))
                    .as(NEWEST));
    return newest
        .select(col(NEWEST + ".*"), col(VerdictsTable.CHANNEL))
        .groupBy(VerdictsTable.SERIES_ID, VerdictsTable.CHANNEL)
        .agg(
            count_if(col(VerdictsTable.VERDICT).equalTo(VerdictsTable.FALSE_ALARM)),
            count_if(col(VerdictsTable.VERDICT).equalTo(VerdictsTable.TRUE_ALARM)))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Verdicts.Count(
                    row.getString(0), row.getString(1), row.getLong(2), row.getLong(3)))
        .toList();
  }

  /** Text that changes with the table. */
  static String version(SparkSession spark, RunSpec run) {
    Path table = new Path(run.output().table(VerdictsTable.TABLE.name()));
    FolderSystem files = FolderSystem.of(EngineSession.hadoopConf(spark), table);
    return Stream.of(table, new Path(table, "_delta_log"))
        .flatMap(folder -> files.list(folder).stream())
        .map(file -> file.getPath().getName() + " " + file.getModificationTime())
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
