package io.longcast.flow;

import io.longcast.anomaly.DetectResult;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.pipeline.StageClock;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.TableShape;
import io.longcast.write.FileLayout;
import io.longcast.write.TableSink;
import java.util.Map;
import java.util.Optional;
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
   * @param approximation as text, where {@code anomaly.parallelChunks} is above 1
   */
  public record Outcome(String modelId, RowCounts rows, Optional<String> approximation) {}

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
    Optional<Dataset<Row>> states =
        run.anomaly().resume() ? Optional.of(states(sink, model)) : Optional.empty();
    try (DetectResult result =
        new Serving(spark, run, model).anomalies(data, rows.kept(), states).keep()) {
      Written written = new Written(sink, model.id(), run.anomaly().resume());
      clock.time(
          "detect",
          () -> written.write(result.anomalies(), AnomaliesTable.TABLE, FileLayout.SIZED));
      clock.time(
          "events",
          () -> {
            FileLayout layout = FileLayout.of(rows.kept(), rows.read());
            written.write(result.events(rows.kept()), EventsTable.TABLE, layout);
            written.write(result.states(), DetectorStatesTable.TABLE, layout);
          });
      result.approximation().ifPresent(words -> LOG.info("scores are {}", words));
      return new Outcome(model.id(), rows, result.approximation());
    }
  }

  private static Dataset<Row> states(TableSink sink, ServedModel model) {
    return sink.read(DetectorStatesTable.TABLE)
        .where(functions.col(DetectorStatesTable.MODEL_ID).equalTo(model.id()));
  }

  /**
   * Writes the results of a run; a resumed run keeps the rows of earlier runs.
   *
   * @param resumed whether the run went on
   */
  private record Written(TableSink sink, String modelId, boolean resumed) {
    void write(Dataset<Row> rows, TableShape table, FileLayout layout) {
      Dataset<Row> all = rows;
      if (resumed) {
        Dataset<Row> before =
            sink.read(table).where(functions.col(AnomaliesTable.MODEL_ID).equalTo(modelId));
        all = rows.unionByName(table.select(without(before, rows, table)));
      }
      sink.replace(all, table, Map.of(AnomaliesTable.MODEL_ID, modelId), layout);
    }

    private static Dataset<Row> without(Dataset<Row> before, Dataset<Row> rows, TableShape table) {
      Column same = functions.lit(true);
      for (String key : table.key()) {
        same = same.and(before.col(key).eqNullSafe(rows.col(key)));
      }
      return before.join(rows, same, "left_anti");
    }
  }
}
