package io.longcast.flow;

import io.longcast.backtest.Comparison;
import io.longcast.backtest.Evaluation;
import io.longcast.clean.RowCounts;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.TrainedModel;
import io.longcast.train.TrainingResult;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a training run.
 *
 * @param trained the model, its bundle and how it compares
 * @param promoted whether it became the model's latest
 * @param rows counts of the input rows
 * @param seconds wall seconds by stage
 * @param tracked what became of logging it, in words; empty where it is not logged
 */
public record TrainOutcome(
    TrainedModel trained,
    boolean promoted,
    RowCounts rows,
    Map<String, Double> seconds,
    Optional<String> tracked) {

  /** The model, ready to serve. */
  public ServedModel model() {
    return trained.model();
  }

  /** Whether it beats its baselines, or the best of them serves in place of the network. */
  boolean serves() {
    return evaluation().subjectWins() || model().state().servedBaseline().isPresent();
  }

  /** Of the weights that are kept. */
  public TrainingResult training() {
    return trained.training();
  }

  /** The model compared with its baselines on the validation windows, before the refit. */
  public Evaluation evaluation() {
    return trained.evaluation();
  }

  /**
   * The same of a forecaster.
   *
   * @throws ClassCastException if a classifier was trained
   */
  public Comparison comparison() {
    return (Comparison) trained.evaluation();
  }
}
