package io.longcast.flow;

import io.longcast.anomaly.DetectCounts;
import io.longcast.anomaly.DetectResult;
import io.longcast.anomaly.Verdicts;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.metrics.RunCounter;
import io.longcast.metrics.RunMetrics;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.pipeline.StageClock;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.TableShape;
import io.longcast.write.FileLayout;
import io.longcast.write.TableSink;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores every observed value of a source with a trained model. */
public final class DetectFlow {
  private static final Logger LOG = LoggerFactory.getLogger(DetectFlow.class);

  private DetectFlow() {}

  /**
   * What was done.
   *
   * @param modelId the model
   * @param rows account of the input rows
   * @param counts of rows, events, late rows and gaps
   * @param verdicts what verdicts of operators come to, in words
   * @param approximation in words, where {@code anomaly.parallelChunks} is above 1
   */
  public record Outcome(
      String modelId,
      RowCounts rows,
      DetectCounts counts,
      List<String> verdicts,
      Optional<String> approximation) {

    /** Counts and verdicts in words. */
    public List<String> lines() {
      return Stream.concat(counts.lines().stream(), verdicts.stream()).toList();
    }
  }

  /** Reads, cleans, scores, and writes anomalies, events and the states to resume from. */
  public static Outcome run(SparkSession spark, RunSpec run, ServedModel model, StageClock clock) {
    try (SeriesDataset data =
        clock.time(
            "read",
            () ->
                SeriesDataset.read(
                    spark, model.reading(run), Optional.of(model.state().codes())))) {
      return run(spark, run, data, model, clock);
    }
  }

  /** The same on series that are prepared already. */
  public static Outcome run(
      SparkSession spark, RunSpec run, SeriesDataset data, ServedModel model, StageClock clock) {
    model.requireFits(data.layout(), data.frequency());
    TableSink sink = TableSink.open(spark, run.output());
    RowCounts rows = clock.time("clean", () -> SeriesTables.write(data, sink));
    boolean resumes = run.anomaly().resume();
    Optional<Dataset<Row>> states = resumes ? states(sink, model) : Optional.empty();
    Verdicts verdicts = verdicts(spark, run, model);
    try (DetectResult result =
        new Serving(spark, run, model, verdicts).anomalies(data, rows.kept(), states).keep()) {
      Written written = new Written(sink, model.id(), resumes);
      clock.time(
          "detect",
          () -> written.write(result.anomalies(), AnomaliesTable.TABLE, FileLayout.SIZED));
      DetectCounts counts = clock.time("detect", result::counts);
      clock.time(
          "events",
          () -> {
            FileLayout layout = FileLayout.of(rows.kept(), rows.read());
            written.write(result.events(rows.kept()), EventsTable.TABLE, layout);
            writeLate(sink, data, result, counts);
            // Last, because a run that was killed goes on from the states.
            written.write(result.states(), DetectorStatesTable.TABLE, layout);
          });
      result.approximation().ifPresent(words -> LOG.info("scores are {}", words));
      Outcome outcome =
          new Outcome(model.id(), rows, counts, verdicts.lines(), result.approximation());
      outcome.lines().forEach(LOG::info);
      count(counts);
      return outcome;
    }
  }

  private static void count(DetectCounts counts) {
    RunCounter.STEPS_SCORED.add(counts.rows());
    RunCounter.STEPS_LATE.add(counts.late());
    RunCounter.EVENTS_WRITTEN.add(counts.events());
    RunMetrics.show("events_open", counts.open());
  }

  /**
   * Scores a part of the past anew, such as one whose rows came late, and replaces the rows of the
   * model in it. The source must hold the rows before it, which scores learn from: those of one
   * pass over all of the source are written. Rows outside of the part and states stay.
   *
   * @param from first time of the part
   * @param to end of the part, exclusive
   */
  public static Outcome backfill(
      SparkSession spark,
      RunSpec run,
      ServedModel model,
      Instant from,
      Instant to,
      StageClock clock) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a backfill needs --from before --to, found %s and %s".formatted(from, to));
    }
    try (SeriesDataset data =
        clock.time(
            "read",
            () ->
                SeriesDataset.read(
                    spark, model.reading(run), Optional.of(model.state().codes())))) {
      model.requireFits(data.layout(), data.frequency());
      TableSink sink = TableSink.open(spark, run.output());
      RowCounts rows = clock.time("clean", data::requireSeries);
      Verdicts verdicts = verdicts(spark, run, model);
      Serving serving = new Serving(spark, run, model, verdicts);
      try (DetectResult result = serving.anomalies(data, rows.kept(), Optional.empty()).keep()) {
        Part part = new Part(sink, model.id(), Timestamp.from(from), Timestamp.from(to));
        clock.time(
            "detect",
            () -> part.replace(result.anomalies(), AnomaliesTable.TABLE, AnomaliesTable.TIMESTAMP));
        clock.time(
            "events",
            () -> part.replace(result.events(rows.kept()), EventsTable.TABLE, EventsTable.START));
        return new Outcome(
            model.id(), rows, result.counts(), verdicts.lines(), result.approximation());
      }
    }
  }

  private static Verdicts verdicts(SparkSession spark, RunSpec run, ServedModel model) {
    return VerdictFlow.verdicts(spark, run, model.state().layout().channels());
  }

  /** The rows of a model in {@code [from, to)}. */
  private record Part(TableSink sink, String modelId, Timestamp from, Timestamp to) {
    void replace(Dataset<Row> rows, TableShape table, String time) {
      Column inside = functions.col(time).geq(from).and(functions.col(time).lt(to));
      Dataset<Row> fresh = table.select(rows).where(inside);
      Dataset<Row> stay =
          table
              .select(sink.read(table))
              .where(functions.col(AnomaliesTable.MODEL_ID).equalTo(modelId))
              .where(functions.not(functions.coalesce(inside, functions.lit(false))));
      sink.replace(stay.unionByName(fresh), table, Map.of(AnomaliesTable.MODEL_ID, modelId));
    }
  }

  /** The rejects of the source were written before, without those of earlier detections. */
  private static void writeLate(
      TableSink sink, SeriesDataset data, DetectResult result, DetectCounts counts) {
    if (counts.late() + counts.offGrid() + counts.tooFar() > 0) {
      Map<String, String> keys =
          Map.of(RejectsTable.SOURCE, data.source(), RejectsTable.STAGE, RejectsTable.DETECT);
      sink.replace(result.late(data.source()), RejectsTable.TABLE, keys);
    }
  }

  /** The states of a model in the table; none before its first run. */
  static Optional<Dataset<Row>> states(TableSink sink, ServedModel model) {
    return sink.has(DetectorStatesTable.TABLE)
        ? Optional.of(
            sink.read(DetectorStatesTable.TABLE)
                .where(functions.col(DetectorStatesTable.MODEL_ID).equalTo(model.id())))
        : Optional.empty();
  }

  /**
   * Writes what a run found.
   *
   * @param resumes whether the rows of the runs before it stay
   */
  private record Written(TableSink sink, String modelId, boolean resumes) {
    void write(Dataset<Row> rows, TableShape table, FileLayout layout) {
      Map<String, String> keys = Map.of(AnomaliesTable.MODEL_ID, modelId);
      if (resumes) {
        sink.merge(rows, table, keys, table.key(), layout);
      } else {
        sink.replace(rows, table, keys, layout);
      }
    }
  }
}
