package io.longcast.flow;

import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.pipeline.StageClock;
import io.longcast.table.ClassesTable;
import io.longcast.write.FileLayout;
import io.longcast.write.TableSink;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Labels the steps of every series of a source with a trained classifier. */
public final class ClassifyFlow {
  private ClassifyFlow() {}

  /**
   * What was done.
   *
   * @param modelId the model
   * @param rows account of the input rows
   */
  public record Outcome(String modelId, RowCounts rows) {}

  /** Reads, cleans, labels whole series and writes the classes table; labels are not needed. */
  public static Outcome run(SparkSession spark, RunSpec run, ServedModel model, StageClock clock) {
    TableSink sink = TableSink.open(spark, run.output());
    try (SeriesDataset data =
        clock.time(
            "read",
            () ->
                SeriesDataset.read(
                    spark, model.reading(run), Optional.of(model.state().codes())))) {
      model.requireFits(data.layout(), data.frequency());
      RowCounts rows = clock.time("clean", () -> SeriesTables.write(data, sink));
      Dataset<Row> found = new Serving(spark, run, model).classes(data);
      clock.time(
          "classify",
          () ->
              sink.replace(
                  found,
                  ClassesTable.TABLE,
                  Map.of(ClassesTable.MODEL_ID, model.id()),
                  FileLayout.of(rows.read(), rows.read())));
      return new Outcome(model.id(), rows);
    }
  }
}
