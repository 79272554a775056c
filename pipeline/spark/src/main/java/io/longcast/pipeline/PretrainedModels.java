package io.longcast.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.backtest.CombinationStage;
import io.longcast.config.RunSettings;
import io.longcast.config.RunSpec;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.IntervalCalibrationStage;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.baseline.ZeroModel;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.ZeroForecaster;
import io.longcast.model.zero.ZeroOptions;
import io.longcast.model.zero.ZeroWeights;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Bundles of the pretrained network for the columns and the grid of some data, and models from such
 * bundles. Nothing is trained; where {@code forecast.calibration} allows, the intervals are
 * corrected by the newest horizon of each series: one scan.
 */
public final class PretrainedModels {
  /** The weights in a bundle. */
  static final String WEIGHTS = "pretrained.bin";

  private static final String OPTIONS = "pretrained.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private PretrainedModels() {}

  /**
   * A bundle for prepared series.
   *
   * @throws IllegalArgumentException if there is no series
   */
  public static ModelBundle bundle(SparkSession spark, RunSpec run, SeriesDataset data) {
    data.requireSeries();
    ZeroModel model = new ZeroModel(ZeroWeights.builtIn(), options(run, data));
    ServingState state = state(run, data, model);
    Map<String, byte[]> files =
        Map.of(
            ServingState.FILE,
            state.toBytes(),
            WEIGHTS,
            ZeroWeights.builtInBytes(),
            OPTIONS,
            bytes(model.options()));
    Map<String, String> notes = new TreeMap<>();
    notes.put(
        "weights",
        ZeroWeights.BUILT_IN + " " + model.weights().id() + ": not trained on these data");
    notes.put("frequency", state.frequency());
    state.combination().ifPresent(all -> notes.put("combination", all.combination().described()));
    Manifest draft =
        new Manifest(
            Manifest.VERSION,
            "",
            run.name(),
            model.weights().sha256(),
            0,
            "",
            numerics(),
            RunSettings.ofSeries(run),
            Map.of(),
            Map.of("spark", spark.version(), "java", Runtime.version().toString()),
            notes,
            Map.of());
    return ModelBundle.of(draft, files);
  }

  private static String numerics() {
    try (var backend = Numerics.open()) {
      return backend.numerics().text();
    }
  }

  private static ZeroOptions options(RunSpec run, SeriesDataset data) {
    int declared = run.model().seasonalPeriod();
    List<Integer> periods =
        declared > 0
            ? List.of(declared)
            : data.frequency().map(Frequency::seasonalPeriods).orElse(List.of());
    return ZeroOptions.of(run.model().output().quantileLevels(), periods);
  }

  private static ServingState state(RunSpec run, SeriesDataset data, ZeroModel model) {
    int context = run.window().contextLength();
    WindowSpec window =
        new WindowSpec(context > 0 ? context : ZeroForecaster.CONTEXT, run.window().horizon(), 1);
    CutterSpec cutter = new CutterSpec(window, data.layout(), CalendarSpec.NONE, false);
    int season = Math.max(1, model.options().declaredFirst());
    return new ServingState(
        data.layout(),
        data.frequency().map(Frequency::toString).orElse(ServingState.ROWS),
        data.codes(),
        window,
        CalendarSpec.NONE,
        false,
        season,
        calibration(run, data, cutter, model),
        null,
        null,
        List.of(),
        ResidualQuantiles.NONE,
        null,
        combined(run, data, cutter, season, model));
  }

  /** With baselines, by the newest horizon of each series; null where none is to be combined. */
  private static ServedCombination combined(
      RunSpec run, SeriesDataset data, CutterSpec cutter, int season, ZeroModel model) {
    List<Double> levels = model.options().levels();
    return CombinationStage.learn(
            blocks(data),
            new CombinationStage.Plan(cutter, newest(run), season, levels),
            run.backtest().combination(),
            model)
        .map(
            found ->
                new ServedCombination(
                    found, levels, calibration(run, data, cutter, found.on(model, season, levels))))
        .orElse(null);
  }

  private static JavaRDD<Block> blocks(SeriesDataset data) {
    return data.segments().map(segment -> new Block(List.of(segment)));
  }

  private static SplitSpec newest(RunSpec run) {
    return new SplitSpec(0, run.split().calibrationFolds(), 0, 0, run.split().holdoutSteps());
  }

  private static IntervalCalibration calibration(
      RunSpec run, SeriesDataset data, CutterSpec cutter, ForecasterFactory model) {
    ForecastSpec.Calibrate when = run.forecast().calibration();
    List<Double> levels = run.model().output().quantileLevels();
    boolean none = levels.isEmpty() || run.split().calibrationFolds() == 0;
    if (when == ForecastSpec.Calibrate.OFF || none) {
      return IntervalCalibration.none(levels);
    }
    return IntervalCalibrationStage.collect(blocks(data), cutter, newest(run), model)
        .calibration(when, 1.0 / cutter.window().horizon());
  }

  private static byte[] bytes(ZeroOptions options) {
    try {
      return JSON.writeValueAsBytes(options);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options cannot be written as JSON", e);
    }
  }

  /** Whether a bundle holds the pretrained network. */
  public static boolean isIn(ModelBundle bundle) {
    return bundle.manifest().files().containsKey(WEIGHTS);
  }

  /** The model of such a bundle. */
  static ServedModel served(ModelBundle bundle) {
    try {
      ZeroOptions options = JSON.readValue(bundle.file(OPTIONS), ZeroOptions.class);
      return new ServedModel(
          bundle.manifest().modelId(),
          new ZeroModel(ZeroWeights.fromBytes(bundle.file(WEIGHTS)), options),
          ServingState.fromBytes(bundle.file(ServingState.FILE)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the model %s cannot be used: %s does not hold options"
              .formatted(bundle.manifest().modelId(), OPTIONS),
          e);
    }
  }
}
