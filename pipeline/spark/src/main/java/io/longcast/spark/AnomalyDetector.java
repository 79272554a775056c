package io.longcast.spark;

import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.anomaly.ScoreCalibrationStage;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Calibrates anomaly scores, so that an alarm budget, expected false alarms per series and week,
 * sets the threshold. The expected values are those of a given forecaster, or of one that is
 * trained first.
 *
 * <pre>{@code
 * AnomalyDetectorModel detector =
 *     new AnomalyDetector().setForecaster(model).setAlarmBudget(1).fit(history);
 * detector.transform(latest).where("is_anomaly").show();
 * }</pre>
 */
public final class AnomalyDetector
    extends LongcastEstimator<AnomalyDetectorModel, AnomalyDetector> {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "anomaly_detector";

  private final SettingParam<Double> alarmBudget;
  private transient ForecasterModel forecaster;

  /** A detector with the defaults of {@code reference.conf}. */
  public AnomalyDetector() {
    this(Identifiable$.MODULE$.randomUID(PREFIX));
  }

  /** A detector with a given id, as the reader of saved estimators needs it. */
  public AnomalyDetector(String uid) {
    super(uid);
    alarmBudget =
        SettingParam.of(
            this,
            "alarmBudget",
            "anomaly.alarmBudget",
            "expected false alarms of a series and week, over all its targets");
  }

  @Override
  AnomalyDetector self() {
    return this;
  }

  /** Expected false alarms per series and week. */
  public Param<Double> alarmBudget() {
    return alarmBudget;
  }

  /** Sets the expected false alarms per series and week, above 0. */
  public AnomalyDetector setAlarmBudget(double alarms) {
    return with(alarmBudget, alarms);
  }

  /** Sets the forecaster whose residuals are scored; its columns and grid are used as well. */
  public AnomalyDetector setForecaster(ForecasterModel model) {
    forecaster = model;
    return this;
  }

  @Override
  public AnomalyDetectorModel fit(Dataset<?> rows) {
    return forecaster == null ? withOwnForecaster(rows) : calibrated(rows);
  }

  private AnomalyDetectorModel withOwnForecaster(Dataset<?> rows) {
    return Fitting.of(this, rows)
        .fit(
            (trained, summary) ->
                new AnomalyDetectorModel(uid() + "_model", trained.bundle(), Optional.of(summary)))
        .setParent(this);
  }

  private AnomalyDetectorModel calibrated(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    Map<String, String> settings = new TreeMap<>(forecaster.bundle().manifest().settings());
    for (String word : words()) {
      settings.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    List<String> words = new ArrayList<>();
    settings.forEach((key, value) -> words.add(key + "=" + value));
    RunSpec run = RunFile.read(Optional.empty(), words).spec();
    try (SeriesDataset data = forecaster.prepared(session, rows).keep()) {
      data.requireSeries();
      ServingState state = forecaster.served().state();
      DetectorContext context =
          new DetectorContext(
              state.cutter(),
              forecaster.served().factory(),
              state.calibration(),
              state.season(),
              run.anomaly());
      ScoreCalibration scores =
          ScoreCalibrationStage.calibrate(data.segments(), context, run.split().holdoutSteps());
      ModelBundle bundle =
          BundleWriter.with(forecaster.bundle(), state.withScores(scores), settings);
      return new AnomalyDetectorModel(uid() + "_model", bundle, Optional.empty()).setParent(this);
    }
  }

  @Override
  public AnomalyDetector copy(ParamMap extra) {
    AnomalyDetector copy = super.copy(extra);
    return copy.setForecaster(forecaster);
  }

  /**
   * Saves the settings.
   *
   * @throws UnsupportedOperationException with a forecaster set: save the fitted model instead
   */
  @Override
  public MLWriter write() {
    if (forecaster != null) {
      throw new UnsupportedOperationException(
          "a detector with a forecaster is not saved before it is fitted; save the fitted model");
    }
    return super.write();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Fitting.requireColumns(forecaster == null ? run() : forecaster.run(), schema);
    return ScoredRows.schema(schema);
  }

  /** Reads what {@code write()} saved. */
  public static MLReader<AnomalyDetector> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads what {@code save} saved. */
  public static AnomalyDetector load(String path) {
    return read().load(path);
  }
}
