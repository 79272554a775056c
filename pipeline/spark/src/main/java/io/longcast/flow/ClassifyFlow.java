package io.longcast.flow;

import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.forecast.ClassifyStage;
import io.longcast.label.LabelStage;
import io.longcast.table.ClassesTable;
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
    ServingState state = model.state();
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.of(spark, run, Optional.of(state.codes())))) {
      model.requireFits(data.layout(), data.clean().frequency());
      RowCounts rows = clock.time("clean", () -> data.account(sink));
      ClassifyStage.Plan plan =
          new ClassifyStage.Plan(
              state.cutter(), model.factory(), state.classes(), run.forecast(), model.id());
      Dataset<Row> found =
          ClassifyStage.classify(
              spark, LabelStage.unlabelled(data.segments(), data.layout()), plan);
      clock.time(
          "classify",
          () -> sink.replace(found, ClassesTable.TABLE, Map.of(ClassesTable.MODEL_ID, model.id())));
      return new Outcome(model.id(), rows);
    }
  }
}
