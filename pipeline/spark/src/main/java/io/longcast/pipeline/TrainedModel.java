package io.longcast.pipeline;

import io.longcast.backtest.Evaluation;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.train.TrainingResult;

/**
 * What training gives.
 *
 * @param bundle everything that is saved
 * @param model ready to serve
 * @param training of the weights that are kept
 * @param evaluation compared with the baselines on the validation windows, before the refit
 */
public record TrainedModel(
    ModelBundle bundle, ServedModel model, TrainingResult training, Evaluation evaluation) {}
