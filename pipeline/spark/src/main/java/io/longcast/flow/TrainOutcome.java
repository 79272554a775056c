package io.longcast.flow;

import io.longcast.backtest.Comparison;
import io.longcast.clean.RowCounts;
import io.longcast.train.TrainingResult;
import java.util.Map;

/**
 * What a training run came to.
 *
 * @param model ready to serve
 * @param promoted whether it became the model's latest
 * @param rows account of the input rows
 * @param comparison with the baselines on the validation windows, before the refit
 * @param training of the kept weights
 * @param seconds wall seconds by stage
 */
public record TrainOutcome(
    ServedModel model,
    boolean promoted,
    RowCounts rows,
    Comparison comparison,
    TrainingResult training,
    Map<String, Double> seconds) {}
