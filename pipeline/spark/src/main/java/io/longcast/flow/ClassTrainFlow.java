package io.longcast.flow;

import io.longcast.backtest.ClassCompareStage;
import io.longcast.backtest.ClassComparison;
import io.longcast.clean.RowCounts;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.ClassCounts;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.label.LabelStage;
import io.longcast.shard.ShardedBlocks;
import io.longcast.table.TrainingHistoryTable;
import io.longcast.train.HistoryRows;
import io.longcast.train.TrainingResult;
import io.longcast.write.TableSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a classifier over all series of a source, compares it with the most frequent class and
 * publishes its bundle.
 */
public final class ClassTrainFlow {
  private final SparkSession spark;
  private final RunSpec run;
  private final boolean resume;
  private final StageClock clock;

  private ClassTrainFlow(SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    this.spark = spark;
    this.run = run.readingLabels();
    this.resume = resume;
    this.clock = clock;
  }

  /**
   * What a training run came to.
   *
   * @param model ready to serve
   * @param promoted whether it became the model's latest
   * @param rows account of the input rows
   * @param comparison on the validation windows, before the refit
   */
  public record Outcome(
      ServedModel model, boolean promoted, RowCounts rows, ClassComparison comparison) {}

  /**
   * Runs the flow.
   *
   * @param resume whether to go on from the newest checkpoint
   */
  public static Outcome run(SparkSession spark, RunSpec run, boolean resume, StageClock clock) {
    return new ClassTrainFlow(spark, run, resume, clock).run();
  }

  private Outcome run() {
    TableSink sink = TableSink.open(spark, run.output());
    try (SeriesDataset data =
        clock.time("read", () -> SeriesDataset.of(spark, run, Optional.empty()))) {
      RowCounts rows = clock.time("clean", () -> data.account(sink));
      LabelStage.Result labelled =
          clock.time(
              "label", () -> LabelStage.label(spark, data.segments(), data.layout(), run.labels()));
      ResolvedConfig open = clock.time("resolve", () -> ResolvedConfig.of(run, data, labelled));
      NetworkTraining training = new NetworkTraining(spark, resume, clock);
      try (ShardedBlocks blocks =
          training.pack(open, open.run().split(), labelled.segments(), labelled.layout())) {
        ClassCounts learned = clock.time("count", () -> learned(blocks, open));
        ResolvedConfig plan = open.balanced(learned);
        TrainingResult first = training.first(plan, blocks);
        ClassComparison comparison =
            clock.time("compare", () -> compare(blocks, plan, first, learned));
        TrainingResult kept = training.refit(plan, labelled.segments(), labelled.layout(), first);
        return publish(sink, plan, kept, comparison, rows);
      }
    }
  }

  private static ClassCounts learned(ShardedBlocks blocks, ResolvedConfig plan) {
    return ClassCompareStage.learned(
        blocks.blocks(), plan.cutter(), plan.run().split(), plan.classes().size());
  }

  private static ClassComparison compare(
      ShardedBlocks blocks, ResolvedConfig plan, TrainingResult trained, ClassCounts learned) {
    return ClassCompareStage.compare(
        blocks.blocks(),
        new ClassCompareStage.Plan(
            plan.cutter(),
            plan.run().split(),
            plan.run().split(),
            plan.model(trained.parameters()),
            plan.classes(),
            learned));
  }

  private Outcome publish(
      TableSink sink,
      ResolvedConfig plan,
      TrainingResult kept,
      ClassComparison comparison,
      RowCounts rows) {
    ServingState state = plan.serving(IntervalCalibration.none(List.of()), null, null);
    ModelStore store = new ModelStore(spark, run);
    ServedModel model =
        clock.time("publish", () -> store.save(plan, kept, state, comparison, rows));
    MetricRows.write(spark, sink, model.id(), comparison);
    sink.replace(
        HistoryRows.of(spark, model.id(), kept),
        TrainingHistoryTable.TABLE,
        Map.of(TrainingHistoryTable.MODEL_ID, model.id()));
    boolean promoted = store.promoteThroughGate(model.id(), comparison.subjectWins());
    return new Outcome(model, promoted, rows, comparison);
  }
}
