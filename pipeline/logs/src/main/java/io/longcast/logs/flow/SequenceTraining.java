package io.longcast.logs.flow;

import io.longcast.logs.language.KeyLanguageModel;
import io.longcast.logs.language.KeyModelSpec;
import io.longcast.logs.language.KeyTrainableFactory;
import io.longcast.logs.language.KeyTrainer;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.pipeline.StageClock;
import io.longcast.sparkinternals.rdd.TaskResults;
import io.longcast.train.Trainer;
import io.longcast.train.TrainingData;
import io.longcast.train.TrainingProgress;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains the language model of log keys by the ordinary rounds of parameter averaging, and keeps
 * the result of its first training, that of all sessions, for the history.
 */
public final class SequenceTraining implements KeyTrainer {
  private final SparkSession spark;
  private final KeyModelSpec model;
  private final Function<String, TrainingSpec> settings;
  private final boolean resume;
  private final StageClock clock;
  private TrainingResult first;

  /**
   * @param settings by the name of a training: each has checkpoints of its own
   * @param resume whether to resume from the newest checkpoint of each
   */
  public SequenceTraining(
      SparkSession spark,
      KeyModelSpec model,
      Function<String, TrainingSpec> settings,
      boolean resume,
      StageClock clock) {
    this.spark = spark;
    this.model = model;
    this.settings = settings;
    this.resume = resume;
    this.clock = clock;
  }

  @Override
  public KeyLanguageModel train(SessionSet normal, String stage) {
    TrainingSpec training = settings.apply(stage.replace(' ', '-'));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<SessionSet> shards = SessionShards.deal(normal, training.shards());
    TrainingData<SessionSet> data =
        new TrainingData<>(
            TaskResults.parallelize(context, shards, shards.size()),
            SessionShards.of(normal, training.seed()),
            Map.of("model", model.toString(), "stage", stage));
    TrainingProgress progress =
        (record, steps) ->
            clock
                .progress()
                .at("training (" + stage + ")", record.step(), steps, "steps", record.line());
    KeyTrainableFactory factory =
        new KeyTrainableFactory(model, normal.keys(), training.batchSize());
    TrainingResult result =
        clock.time(
            "train " + stage, () -> fit(new Trainer(context, factory, training, progress), data));
    if (first == null) {
      first = result;
    }
    return new KeyLanguageModel(model, normal.keys(), result.parameters());
  }

  private TrainingResult fit(Trainer trainer, TrainingData<SessionSet> data) {
    return resume ? trainer.resume(data) : trainer.fit(data);
  }

  /** The result of the first training: that of all sessions. */
  TrainingResult result() {
    return first;
  }
}
