package io.longcast.spark;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.model.ModelSpec;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.LabelledThresholds;
import io.longcast.pipeline.PretrainedModels;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.StageClock;
import io.longcast.pipeline.TrainedModel;
import io.longcast.pipeline.TrainingPipeline;
import io.longcast.read.ReadStage;
import io.longcast.report.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * One fit: the rows of a caller and the settings to train with.
 *
 * @param session in which the work is done
 * @param run the settings
 * @param rows of the caller
 */
record Fitting(UtcSession session, RunSpec run, Dataset<?> rows) {

  static Fitting of(LongcastEstimator<?, ?> estimator, Dataset<?> rows) {
    return new Fitting(UtcSession.of(rows), estimator.run(), rows);
  }

  /** Settings of words, without checkpoints unless they ask for them. */
  static RunSpec run(List<String> words) {
    List<String> all = new ArrayList<>(Words.WITHOUT_CHECKPOINTS);
    all.addAll(words);
    return RunFile.read(Optional.empty(), all).spec();
  }

  /** Trains, and makes a model of the training and its summary; frees what it kept. */
  <M> M fit(BiFunction<TrainedModel, TrainingSummary, M> model) {
    RunSpec reading = LabelledThresholds.reading(run);
    try (SeriesDataset data =
        SeriesDataset.of(session.enter(rows), reading.source().columns(), reading.clean()).keep()) {
      TrainedModel trained =
          new TrainingPipeline(session.spark(), run, false, new StageClock(Progress.SILENT))
              .train(data);
      return model.apply(trained, new TrainingSummary(session, data, trained));
    }
  }

  /** Whether a pretrained network is to forecast, so that nothing is trained. */
  boolean isPretrained() {
    return run.model().pretrained() != ModelSpec.Pretrained.NONE;
  }

  /** A bundle of the pretrained network for the rows; frees what it kept. */
  ModelBundle pretrained() {
    try (SeriesDataset data =
        SeriesDataset.of(session.enter(rows), run.source().columns(), run.clean()).keep()) {
      return PretrainedModels.bundle(session.spark(), run, data);
    }
  }

  /**
   * Checks the columns that the settings name.
   *
   * @throws IllegalArgumentException naming each that is missing or of a type that cannot serve
   */
  static void requireColumns(RunSpec run, StructType schema) {
    ReadStage.requireColumns(run.source().columns(), schema);
  }
}
