package io.longcast.model.baseline;

import io.longcast.model.WindowForecaster;
import io.longcast.model.zero.ZeroOptions;
import io.longcast.model.zero.ZeroWeights;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * The baselines every model is compared with. Quantiles are normal: point + z(level) · σ(h), with σ
 * the root mean square of the one-step residuals inside the context times a growth over the step h
 * (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, section 5.5).
 */
public enum Baseline {
  /** The last value; growth √h. */
  NAIVE(season -> new SeasonalRepeat(1)),
  /** The value one season ago; growth √(⌊(h - 1) / m⌋ + 1). */
  SEASONAL_NAIVE(SeasonalRepeat::new),
  /** The line through the first and the last value; growth √(h (1 + h / (n - 1))). */
  DRIFT(season -> new Drift()),
  /** A ridge autoregression on near and seasonal lags; growth from its impulse response. */
  LINEAR(RidgeAutoregression::new),
  /** Theta with seasonal adjustment, as in the M4 competition; growth √(1 + (h - 1) α²). */
  THETA(season -> new SeasonalAdjustment(season, new Theta())),
  /** Simple or damped-trend smoothing, by AICc, with seasonal adjustment. */
  ETS(season -> new SeasonalAdjustment(season, new Smoothing(true))),
  /** Simple exponential smoothing with seasonal adjustment, as in the M4 competition. */
  SES(season -> new SeasonalAdjustment(season, new Smoothing(false))),
  /** The last value with seasonal adjustment, as in the M4 competition. */
  NAIVE2(season -> new SeasonalAdjustment(season, new SeasonalRepeat(1))),
  /** Theta with its weight θ and smoothing fitted, one line; seasonal adjustment as before. */
  OPTIMISED_THETA(season -> new SeasonalAdjustment(season, new OptimisedTheta(false))),
  /** The same with a line that is estimated anew at every step. */
  DYNAMIC_THETA(season -> new SeasonalAdjustment(season, new OptimisedTheta(true))),
  /** Exponential smoothing with error, trend and season chosen by AICc. */
  AUTO_ETS(AutoSmoothing::new),
  /** Damped-trend smoothing with seasonal adjustment. */
  DAMPED(season -> new SeasonalAdjustment(season, new Damped())),
  /** The seasonal naive plus the mean seasonal change. */
  SEASONAL_DRIFT(SeasonalDrift::new),
  /** One season, or a day and a week, taken out by loess; the rest goes on by smoothing. */
  MSTL(MultipleSeasonalTrend::new),
  /** One shape of the season times a level that goes on by smoothing. */
  LEVEL_SHAPE(LevelShape::new),
  /** For intermittent demand: smoothed size over smoothed gap. */
  CROSTON(season -> new Croston(Croston.Variant.CLASSIC)),
  /** Croston's method less its bias. */
  CROSTON_SBA(season -> new Croston(Croston.Variant.SBA)),
  /** Smoothed size times smoothed probability of demand. */
  CROSTON_TSB(season -> new Croston(Croston.Variant.TSB)),
  /** The pretrained network in the jar, with quantiles of its own. */
  LONGCAST_ZERO(null) {
    @Override
    WindowForecaster open(int season, List<Double> quantileLevels) {
      ZeroOptions options = ZeroOptions.of(quantileLevels, List.of(season));
      return new ZeroModel(ZeroWeights.builtIn(), options).open();
    }
  };

  private final IntFunction<LocalModel> model;

  Baseline(IntFunction<LocalModel> model) {
    this.model = model;
  }

  /** Name in tables and settings, such as {@code seasonal-naive}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The forecaster.
   *
   * @param season steps of a season, at least 1 (no season)
   * @param quantileLevels ascending, in (0, 1); empty for points alone
   */
  public WindowForecaster forecaster(int season, List<Double> quantileLevels) {
    if (season < 1) {
      throw new IllegalArgumentException("season must be >= 1, found " + season);
    }
    return open(season, quantileLevels);
  }

  WindowForecaster open(int season, List<Double> quantileLevels) {
    return new BaselineForecaster(word(), model.apply(season), quantileLevels);
  }
}
