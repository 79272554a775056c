package io.longcast.model;

import io.longcast.window.WindowBatch;
import java.util.List;

/** A forecaster that says what its point forecasts are made of. */
public interface ComposedForecaster extends WindowForecaster {

  /**
   * The parts that are added up, in their order: {@code skip} (linear in the context), {@code
   * season} (a gated mean of past seasons), {@code covariates} (known covariates, weighed by the
   * state), {@code recurrent} (the head on the recurrent layers), as far as the model has them.
   */
  List<String> parts();

  /**
   * Point forecasts as each part is added, in raw units less the offsets of the windows. Where
   * values are transformed (logarithms), the difference that a part makes depends on those before
   * it; the differences always sum to the forecast.
   *
   * @param windows the batch; its targets are not read
   * @return {@code [1 + parts][windows * horizon]}: first the level of each window, last the
   *     forecast
   */
  float[][] composition(WindowBatch windows);
}
