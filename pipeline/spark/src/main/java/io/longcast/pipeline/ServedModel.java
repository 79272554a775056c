package io.longcast.pipeline;

import io.longcast.config.RunSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.baseline.ZeroModel;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import io.longcast.settings.SettingException;
import java.util.Optional;

/**
 * A model ready to serve.
 *
 * @param id hash of its content
 * @param factory opens the network
 * @param state what it needs in addition to its weights
 */
public record ServedModel(String id, ForecasterFactory factory, ServingState state) {

  /**
   * Opens what forecasts: the network, its combination with baselines, or the baseline that was not
   * beaten.
   */
  public ForecasterFactory forecaster() {
    return state
        .servedBaseline()
        .map(best -> best.factory(state.season()))
        .or(() -> state.combination().map(all -> all.on(factory, state.season())))
        .orElse(factory);
  }

  /** The correction of the quantiles of {@link #forecaster}. */
  public IntervalCalibration calibration() {
    return state
        .servedBaseline()
        .map(ServedBaseline::calibration)
        .or(() -> state.combination().map(ServedCombination::calibration))
        .orElse(state.calibration());
  }

  /**
   * Steps before an origin below which a forecast is from a short context: the context that the
   * network was trained on, or one block of a pretrained network, which reads as many steps as
   * there are.
   */
  public int fullContext() {
    int context = state.window().contextLength();
    return factory instanceof ZeroModel ? Math.min(context, ZeroShape.BLOCK) : context;
  }

  /** A run whose star for value columns denotes the channels of the model. */
  public RunSpec reading(RunSpec run) {
    return run.withChannels(state.inputs().channels());
  }

  /**
   * Checks that data are of the kind the model was trained on.
   *
   * @throws IllegalArgumentException if channels, covariates or the frequency differ, naming them
   */
  public void requireFits(SeriesLayout layout, Optional<Frequency> frequency) {
    if (!layout.equals(state.inputs())) {
      throw new SettingException(
          "source.valueColumns",
          "the source does not fit the model: the model was trained on "
              + state.inputs()
              + ", the source has "
              + layout
              + "; declare the same value columns and covariates");
    }
    String found = frequency.map(Frequency::toString).orElse(ServingState.ROWS);
    if (!found.equals(state.frequency())) {
      throw new SettingException(
          "clean.frequency",
          "the source does not fit the model: the model was trained on steps of "
              + state.frequency()
              + ", the source has "
              + found);
    }
  }
}
