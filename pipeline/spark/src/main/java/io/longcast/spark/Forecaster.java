package io.longcast.spark;

import io.longcast.backtest.Comparison;
import io.longcast.config.RunSpec;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.pipeline.Backtest;
import io.longcast.pipeline.ForecastEvaluationTask;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.table.ForecastsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * Trains one recurrent network over all series of a DataFrame, with calibrated intervals, and
 * compares it with baselines on held-back windows.
 *
 * <pre>{@code
 * ForecasterModel model = new Forecaster()
 *     .setSeriesCols("meter_id").setTimestampCol("ts").setTargetCols("load")
 *     .setFrequency("1h").setHorizon(48).setSeed(7)
 *     .fit(history);
 * model.summary().comparison().show();
 * model.transform(history).write().parquet("forecasts");
 * }</pre>
 *
 * <p>Data, settings and seed decide the bits of the model; partitioning, executors and the
 * session's time zone do not.
 */
public final class Forecaster extends LongcastEstimator<ForecasterModel, Forecaster> {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "forecaster";

  /** A forecaster with the defaults of {@code reference.conf}. */
  public Forecaster() {
    this(Identifiable$.MODULE$.randomUID(PREFIX));
  }

  /** A forecaster with a given id, as the reader of saved estimators needs it. */
  public Forecaster(String uid) {
    super(uid);
  }

  @Override
  Forecaster self() {
    return this;
  }

  /**
   * Sets a network of the user's own in place of the built-in one: any architecture of DL4J with
   * recurrent input, trained by the same rounds and saved, served and calibrated like it. The same
   * as the setting {@code model.dl4j.configuration}, which says what its layers must be.
   */
  public Forecaster setNetwork(MultiLayerConfiguration layers) {
    return set("model.dl4j.configuration", layers.toJson());
  }

  /**
   * Sets whether a network is trained: {@code full} (the default), or {@code none}, so that the
   * pretrained network in the jar forecasts and {@link #fit} only finds the grid and calibrates the
   * intervals. The same as the setting {@code model.pretrained}.
   */
  public Forecaster setTraining(String how) {
    if (!List.of("none", "full").contains(how)) {
      throw new IllegalArgumentException("training must be none or full, found " + how);
    }
    return set("model.pretrained", how.equals("none") ? ZeroWeights.BUILT_IN : "none");
  }

  /**
   * Trains on all rows, unless {@link #setTraining} says otherwise.
   *
   * @throws io.longcast.config.InvalidSettingsException if settings contradict each other
   * @throws IllegalArgumentException if a column is missing, of a type that cannot serve, or no
   *     series is left to learn from
   */
  @Override
  public ForecasterModel fit(Dataset<?> rows) {
    Fitting fitting = Fitting.of(this, rows);
    if (fitting.isPretrained()) {
      return new ForecasterModel(uid() + "_model", fitting.pretrained(), Optional.empty())
          .setParent(this);
    }
    return fitting
        .fit(
            (trained, summary) ->
                new ForecasterModel(uid() + "_model", trained.bundle(), Optional.of(summary)))
        .setParent(this);
  }

  /**
   * Trains and forecasts at rolling origins and compares with the baselines.
   *
   * @param folds origins, a horizon apart, the newest at the end of the data
   */
  public BacktestResult backtest(Dataset<?> rows, int folds) {
    UtcSession session = UtcSession.of(rows);
    List<String> words = new ArrayList<>(words());
    words.add("split.folds=" + folds);
    RunSpec run = Fitting.run(words);
    Backtest backtest = new Backtest(session.spark(), run, new StageClock(Progress.SILENT));
    try (SeriesDataset data =
        SeriesDataset.of(session.enter(rows), run.source().columns(), run.clean()).keep()) {
      data.requireSeries();
      Backtest.Result<Comparison> result =
          backtest.run(
              ForecastEvaluationTask.of(
                  session.spark(), run, data, new StageClock(Progress.SILENT)));
      return new BacktestResult(session, result);
    }
  }

  /** The schema of forecasts; the columns must be there. */
  @Override
  public StructType transformSchema(StructType schema) {
    Fitting.requireColumns(run(), schema);
    return ForecastsTable.SCHEMA;
  }

  /** Reads what {@code write()} saved. */
  public static MLReader<Forecaster> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads what {@code save} saved. */
  public static Forecaster load(String path) {
    return read().load(path);
  }
}
