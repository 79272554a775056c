package io.longcast.flow;

import io.longcast.anomaly.logs.language.KeyLanguageModel;
import io.longcast.anomaly.logs.language.KeyModelSpec;
import io.longcast.anomaly.logs.language.KeyTrainableFactory;
import io.longcast.anomaly.logs.language.KeyTrainer;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.train.Trainer;
import io.longcast.train.TrainingData;
import io.longcast.train.TrainingProgress;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains the language model of log keys by the ordinary rounds of parameter averaging, and keeps
 * the result of its first training, that of all sessions, for the history.
 */
final class SequenceTraining implements KeyTrainer {
  private final SparkSession spark;
  private final KeyModelSpec model;
  private final TrainingSpec training;
  private final StageClock clock;
  private TrainingResult first;

  SequenceTraining(
      SparkSession spark, KeyModelSpec model, TrainingSpec training, StageClock clock) {
    this.spark = spark;
    this.model = model;
    this.training = training;
    this.clock = clock;
  }

  @Override
  public KeyLanguageModel train(SessionSet normal, String stage) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<SessionSet> shards = SessionShards.deal(normal, training.shards());
    TrainingData<SessionSet> data =
        new TrainingData<>(
            context.parallelize(shards, shards.size()),
            SessionShards.of(normal, training.seed()),
            Map.of("model", model.toString(), "stage", stage));
    TrainingProgress progress =
        (record, steps) ->
            clock.progress().at("training (" + stage + ")", record.step(), steps, "steps");
    KeyTrainableFactory factory =
        new KeyTrainableFactory(model, normal.keys(), training.batchSize());
    TrainingResult result =
        clock.time(
            "train " + stage, () -> new Trainer(context, factory, training, progress).fit(data));
    if (first == null) {
      first = result;
    }
    return new KeyLanguageModel(model, normal.keys(), result.parameters());
  }

  /** What came of the first training: that of all sessions. */
  TrainingResult result() {
    return first;
  }
}
