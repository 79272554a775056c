package io.longcast.spark;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;

/**
 * What the estimators of series share: the columns of the data, the horizon and the seed.
 *
 * @param <M> the model that fitting gives
 * @param <E> the estimator itself, which setters return
 */
public abstract class LongcastEstimator<M extends Model<M>, E extends LongcastEstimator<M, E>>
    extends SettingsEstimator<M, E> {
  private static final long serialVersionUID = 1L;

  private final SettingParam<String[]> seriesCols;
  private final SettingParam<String> timestampCol;
  private final SettingParam<String[]> targetCols;
  private final SettingParam<String[]> knownCovariateCols;
  private final SettingParam<String[]> pastCovariateCols;
  private final SettingParam<String[]> staticCovariateCols;
  private final SettingParam<String> frequency;
  private final SettingParam<Integer> horizon;
  private final SettingParam<Integer> contextLength;
  private final SettingParam<String> preset;
  private final SettingParam<Long> seed;

  LongcastEstimator(String uid) {
    super(uid);
    seriesCols =
        SettingParam.of(
            this, "seriesCols", "source.series.columns", "columns that together name a series");
    timestampCol =
        SettingParam.of(this, "timestampCol", "source.time.column", "column of the time");
    targetCols =
        SettingParam.of(this, "targetCols", "source.valueColumns", "number columns to learn");
    knownCovariateCols =
        SettingParam.of(
            this,
            "knownCovariateCols",
            "source.knownCovariates",
            "number columns known past the origin too");
    pastCovariateCols =
        SettingParam.of(
            this,
            "pastCovariateCols",
            "source.pastCovariates",
            "number columns known up to the origin only");
    staticCovariateCols =
        SettingParam.of(
            this,
            "staticCovariateCols",
            "source.staticCovariates",
            "columns of categories that do not change within a series");
    frequency =
        SettingParam.of(
            this, "frequency", "clean.frequency", "step of the time grid, such as 15m, 1h, 1d");
    horizon = SettingParam.of(this, "horizon", "window.horizon", "steps to predict");
    contextLength =
        SettingParam.of(
            this, "contextLength", "window.contextLength", "steps the model sees, 0 to choose");
    preset =
        SettingParam.of(this, "preset", "preset", "how much is spent on training: fast, accurate");
    seed = SettingParam.of(this, "seed", "seed", "seed of all random numbers");
  }

  /** Columns whose values together name a series. */
  public final Param<String[]> seriesCols() {
    return seriesCols;
  }

  /** Column of the time. */
  public final Param<String> timestampCol() {
    return timestampCol;
  }

  /** Number columns to learn. */
  public final Param<String[]> targetCols() {
    return targetCols;
  }

  /** Number columns known past the origin too. */
  public final Param<String[]> knownCovariateCols() {
    return knownCovariateCols;
  }

  /** Number columns known up to the origin only. */
  public final Param<String[]> pastCovariateCols() {
    return pastCovariateCols;
  }

  /** Columns of categories that do not change within a series. */
  public final Param<String[]> staticCovariateCols() {
    return staticCovariateCols;
  }

  /** Step of the time grid. */
  public final Param<String> frequency() {
    return frequency;
  }

  /** Steps to predict. */
  public final Param<Integer> horizon() {
    return horizon;
  }

  /** Steps the model sees. */
  public final Param<Integer> contextLength() {
    return contextLength;
  }

  /** How much is spent on training. */
  public final Param<String> preset() {
    return preset;
  }

  /** Seed of all random numbers. */
  public final Param<Long> seed() {
    return seed;
  }

  /** Sets the columns whose values together name a series. */
  public final E setSeriesCols(String... names) {
    return with(seriesCols, names);
  }

  /** Sets the column of the time: a timestamp, a date, or text in the form the settings declare. */
  public final E setTimestampCol(String name) {
    return with(timestampCol, name);
  }

  /** Sets the number columns to learn. */
  public final E setTargetCols(String... names) {
    return with(targetCols, names);
  }

  /** Sets the number columns known past the origin too, such as plans and weather forecasts. */
  public final E setKnownCovariateCols(String... names) {
    return with(knownCovariateCols, names);
  }

  /** Sets the number columns known up to the origin only. */
  public final E setPastCovariateCols(String... names) {
    return with(pastCovariateCols, names);
  }

  /** Sets the columns of categories that do not change within a series. */
  public final E setStaticCovariateCols(String... names) {
    return with(staticCovariateCols, names);
  }

  /** Sets the step of the time grid, such as {@code 15m}, {@code 1h}, {@code 1d}. */
  public final E setFrequency(String step) {
    return with(frequency, step);
  }

  /** Sets the steps to predict, at least 1. */
  public final E setHorizon(int steps) {
    return with(horizon, steps);
  }

  /** Sets the steps that the model sees; 0 to choose them from the data. */
  public final E setContextLength(int steps) {
    return with(contextLength, steps);
  }

  /** Sets how much is spent on training: {@code fast} or {@code accurate}. */
  public final E setPreset(String name) {
    return with(preset, name);
  }

  /** Sets the seed of all random numbers. */
  public final E setSeed(long value) {
    return with(seed, value);
  }
}
