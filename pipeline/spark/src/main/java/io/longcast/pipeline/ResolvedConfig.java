package io.longcast.pipeline;

import io.longcast.anomaly.LabelledThreshold;
import io.longcast.anomaly.ScoreCalibration;
import io.longcast.clean.CategoryCodes;
import io.longcast.config.RunSettings;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.ClassCounts;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.forecast.ResidualQuantiles;
import io.longcast.forecast.ResidualStage;
import io.longcast.label.LabelStage;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.ModelOutput;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.NetworkInputs;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.defaults.ResolvedDefault;
import io.longcast.model.dl4j.configured.ConfiguredNetwork;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.TrainingSpec;
import io.longcast.window.CutterSpec;
import io.longcast.window.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was resolved from the settings and the data: the network to build and how windows are cut
 * for it.
 *
 * @param run the settings, with windows and splits as chosen
 * @param spec the network, nothing left open
 * @param cutter how windows are cut
 * @param frequency the grid's step; empty where rows are kept as they are
 * @param codes of the static columns
 * @param classes names of a classifier's classes by code; empty for forecasts
 * @param choices what was chosen from the data
 */
public record ResolvedConfig(
    RunSpec run,
    ModelSpec spec,
    CutterSpec cutter,
    Optional<Frequency> frequency,
    CategoryCodes codes,
    List<String> classes,
    List<ResolvedDefault> choices) {
  private static final Logger LOG = LoggerFactory.getLogger(ResolvedConfig.class);

  /**
   * Of a forecaster.
   *
   * @param layout of the segments
   * @param segments of the dataset, without labels
   */
  static ResolvedConfig of(
      RunSpec run, SeriesDataset data, SeriesLayout layout, JavaRDD<Segment> segments) {
    Optional<Frequency> frequency = data.frequency();
    int season = frequency.map(Frequency::seasonalPeriod).orElse(1);
    Defaults closed = Defaults.close(run, season, layout.channels().size(), segments);
    return of(closed, layout, frequency, data.codes());
  }

  /** Of a classifier: the labels are the last channel, which no context and no choice looks at. */
  public static ResolvedConfig of(RunSpec run, SeriesDataset data, LabelStage.Result labelled) {
    Optional<Frequency> frequency = data.frequency();
    int season = frequency.map(Frequency::seasonalPeriod).orElse(1);
    RunSpec open = run.withClasses(labelled.classes().size());
    int measured = labelled.layout().channels().size() - 1;
    Defaults closed = Defaults.close(open, season, measured, data.segments());
    CutterSpec cutter =
        new CutterSpec(closed.run().window(), labelled.layout(), run.calendar(), true, true);
    return new ResolvedConfig(
        closed.run(),
        closed.model(),
        cutter,
        frequency,
        data.codes(),
        labelled.classes(),
        closed.choices());
  }

  public static ResolvedConfig of(
      Defaults closed, SeriesLayout layout, Optional<Frequency> frequency, CategoryCodes codes) {
    RunSpec run = closed.run();
    CutterSpec cutter = new CutterSpec(run.window(), layout, run.calendar(), false);
    ResolvedConfig plan =
        new ResolvedConfig(
            run, closed.model(), cutter, frequency, codes, List.of(), closed.choices());
    plan.network().requireFits();
    return plan;
  }

  /** Steps of one season, 1 for none. */
  public int season() {
    return spec.seasonalPeriod();
  }

  SeriesLayout layout() {
    return cutter.layout();
  }

  /** The same with weights of the classes: those of the settings, or by the labels learned from. */
  ResolvedConfig balanced(ClassCounts learned) {
    ModelOutput output = spec.output();
    if (!output.classWeights().isEmpty()) {
      return this;
    }
    List<Double> weights = learned.balancedWeights(output.classBalance());
    LOG.info("model: classWeights = {} of {}", weights, classes);
    return new ResolvedConfig(
        run, spec.withClassWeights(weights), cutter, frequency, codes, classes, choices);
  }

  /** The network to build: the built-in one, or the user's own. */
  public NetworkDefinition network() {
    List<Integer> categories = new ArrayList<>();
    for (int column = 0; column < layout().staticCovariates().size(); column++) {
      categories.add(codes.codes(column));
    }
    return ConfiguredNetwork.of(
        spec,
        new NetworkInputs(
            cutter.window().contextLength(),
            cutter.window().horizon(),
            cutter.open().pastCovariates(),
            layout().knownCovariates().size(),
            cutter.calendar().columns(),
            categories));
  }

  /** The network with its weights. */
  public ForecasterFactory model(float[] parameters) {
    NetworkDefinition network = network();
    return () -> network.forecaster(parameters);
  }

  /** The model under test and the baselines of the run. */
  List<ForecasterFactory> withBaselines(ForecasterFactory model) {
    List<ForecasterFactory> all = new ArrayList<>();
    all.add(model);
    for (String word : run.backtest().baselines()) {
      all.add(ServedBaseline.factory(baseline(word), season(), levels()));
    }
    return all;
  }

  /** A baseline by its word in settings and tables. */
  static Baseline baseline(String word) {
    return Baseline.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The levels of quantiles that the network, and every baseline beside it, forecasts. */
  List<Double> levels() {
    return spec.output().quantileLevels();
  }

  /**
   * Quantiles by the residuals of the calibration part where the network gives points only; nothing
   * where it has its own.
   *
   * @param points the trained network
   */
  public ResidualQuantiles residuals(
      ShardedBlocks blocks, SplitSpec split, ForecasterFactory points) {
    return spec.dl4j().isPresent()
        ? ResidualStage.collect(blocks.blocks(), cutter, split, points, spec)
        : ResidualQuantiles.NONE;
  }

  /**
   * The training settings, with checkpoints under the output folder unless another one is set;
   * without any where no folder is set and none are due.
   */
  TrainingSpec training(String stage) {
    return training(run, stage);
  }

  /** The same of a run whose data need no resolving. */
  public static TrainingSpec training(RunSpec run, String stage) {
    TrainingSpec training = run.training();
    CheckpointSpec checkpoint = training.checkpoint();
    if (checkpoint.directory().isEmpty()
        && checkpoint.everyRounds() == 0
        && checkpoint.every().isZero()) {
      return training;
    }
    String folder = checkpoint.directory().orElse(run.output().table("checkpoints/" + run.name()));
    return training.withCheckpoint(
        new CheckpointSpec(
            Optional.of(folder + "/" + stage),
            checkpoint.everyRounds(),
            checkpoint.every(),
            checkpoint.retained()));
  }

  /** Data and model as settings under their keys: a checkpoint of another identity is refused. */
  Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>();
    identity.put("name", run.name());
    identity.put("model", spec.toString());
    identity.put("layout", layout().toString());
    identity.put("calendar", cutter.calendar().toString());
    identity.put("frequency", frequencyText());
    return identity;
  }

  /** Every setting as it was closed from the data, by key. */
  Map<String, String> settings() {
    return RunSettings.ofSeries(run.withModel(spec));
  }

  /**
   * What the bundle needs in addition to the weights.
   *
   * @param residuals quantiles of a network that gives points only
   * @param threshold chosen by labels, or null
   * @param baseline that forecasts in place of the network, or null
   * @param combined with the network, or null
   */
  public ServingState serving(
      ResidualQuantiles residuals,
      IntervalCalibration calibration,
      ScoreCalibration scores,
      LabelledThreshold threshold,
      ServedBaseline baseline,
      ServedCombination combined) {
    return new ServingState(
        layout(),
        frequencyText(),
        codes,
        cutter.window(),
        cutter.calendar(),
        cutter.otherChannels(),
        season(),
        calibration,
        scores,
        threshold,
        classes,
        residuals,
        baseline,
        combined);
  }

  private String frequencyText() {
    return frequency.map(Frequency::toString).orElse(ServingState.ROWS);
  }
}
