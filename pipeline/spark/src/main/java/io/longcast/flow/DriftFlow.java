package io.longcast.flow;

import static org.apache.spark.sql.functions.col;

import io.longcast.config.RunSpec;
import io.longcast.drift.DriftComparison;
import io.longcast.drift.DriftReport;
import io.longcast.drift.DriftStage;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.pipeline.StageClock;
import io.longcast.pipeline.TrainedModel;
import io.longcast.series.Frequency;
import io.longcast.settings.SettingException;
import io.longcast.table.DriftReferenceTable;
import io.longcast.table.DriftTable;
import io.longcast.write.FileLayout;
import io.longcast.write.TableSink;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares the recent past of a source with what a model was trained on. */
public final class DriftFlow {
  private DriftFlow() {}

  /**
   * What was found.
   *
   * @param modelId the model
   * @param report the verdict
   */
  public record Outcome(String modelId, DriftReport report) {}

  /**
   * Reads the source and writes the table drift.
   *
   * @throws IllegalArgumentException if the model has no reference, or its data have no time
   */
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
  static Outcome run(
      SparkSession spark, RunSpec run, SeriesDataset data, ServedModel model, StageClock clock) {
    model.requireFits(data.layout(), data.frequency());
    data.requireSeries();
    TableSink sink = TableSink.open(spark, run.output());
    DriftStage.Plan plan = plan(run, data, model).orElseThrow(DriftFlow::withoutTime);
    Instant newest = Serving.newestEnd(data).orElseThrow(DriftFlow::withoutTime);
    Dataset<Row> reference = reference(sink, model);
    try (DriftComparison comparison =
        DriftComparison.of(spark, data.segments(), reference, plan, newest)) {
      DriftReport report = clock.time("drift", comparison::report);
      clock.time(
          "drift",
          () ->
              sink.merge(
                  comparison.rows(report),
                  DriftTable.TABLE,
                  Map.of(DriftTable.MODEL_ID, model.id()),
                  DriftTable.REPLACED,
                  FileLayout.ONE_TASK));
      return new Outcome(model.id(), report);
    }
  }

  /** Whether there is something to compare with. */
  static boolean hasReference(SparkSession spark, RunSpec run, ServedModel model) {
    return hasReference(TableSink.open(spark, run.output()), model);
  }

  private static boolean hasReference(TableSink sink, ServedModel model) {
    String partition = DriftReferenceTable.MODEL_ID + "=" + model.id();
    return sink.partitions(DriftReferenceTable.TABLE).contains(partition);
  }

  private static Dataset<Row> reference(TableSink sink, ServedModel model) {
    if (!hasReference(sink, model)) {
      throw new IllegalArgumentException(
          "model %s has no rows in the table %s: train it with this version (longcast train)"
              .formatted(model.id(), DriftReferenceTable.TABLE.name()));
    }
    return sink.read(DriftReferenceTable.TABLE)
        .where(col(DriftReferenceTable.MODEL_ID).equalTo(model.id()));
  }

  private static SettingException withoutTime() {
    return new SettingException(
        "clean.grid", "drift is measured in time: it needs series on a grid, found rows");
  }

  /** Writes what the series of a training were like; nothing where they have no grid. */
  static void writeReference(
      SparkSession spark, RunSpec run, SeriesDataset data, TrainedModel trained, TableSink sink) {
    plan(run, data, trained.model())
        .ifPresent(
            plan ->
                sink.replace(
                    DriftStage.reference(spark, data.segments(), plan),
                    DriftReferenceTable.TABLE,
                    Map.of(DriftReferenceTable.MODEL_ID, plan.modelId()),
                    FileLayout.of(data.counts().kept(), data.counts().read())));
  }

  private static Optional<DriftStage.Plan> plan(
      RunSpec run, SeriesDataset data, ServedModel model) {
    return data.frequency()
        .map(
            frequency ->
                new DriftStage.Plan(
                    data.layout().channels(),
                    window(run, frequency),
                    model.state().season(),
                    run.drift(),
                    model.id()));
  }

  /** Steps of the window that is compared: enough for the values it needs. */
  private static int window(RunSpec run, Frequency frequency) {
    double steps = run.drift().window().toMillis() / 1e3 / frequency.meanSeconds();
    return (int) Math.max(run.drift().minValues(), Math.min(Integer.MAX_VALUE, Math.ceil(steps)));
  }
}
