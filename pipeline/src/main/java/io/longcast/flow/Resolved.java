package io.longcast.flow;

import io.longcast.anomaly.score.TailModel;
import io.longcast.clean.CategoryCodes;
import io.longcast.config.RunSpec;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.baseline.Baseline;
import io.longcast.model.network.NetworkFactory;
import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.TrainingSpec;
import io.longcast.window.CutterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was resolved from the settings and the data: the network to build and how windows are cut
 * for it. What the user asked for stays in the {@link RunSpec}.
 *
 * @param run the settings
 * @param spec the network, nothing left open
 * @param cutter how windows are cut
 * @param frequency the grid's step; empty where rows are kept as they are
 * @param codes of the static columns
 */
record Resolved(
    RunSpec run,
    ModelSpec spec,
    CutterSpec cutter,
    Optional<Frequency> frequency,
    CategoryCodes codes) {

  static Resolved of(RunSpec run, Prepared data) {
    SeriesLayout layout = data.layout();
    CutterSpec cutter = new CutterSpec(run.window(), layout, run.calendar(), false);
    Optional<Frequency> frequency = data.clean().frequency();
    ModelSpec spec =
        Defaults.close(
            run.model(),
            run.window(),
            run.split(),
            frequency.map(Frequency::seasonalPeriod).orElse(1),
            layout,
            data.segments());
    return new Resolved(run, spec, cutter, frequency, data.clean().codes());
  }

  /** Steps of one season, 1 for none. */
  int season() {
    return spec.seasonalPeriod();
  }

  SeriesLayout layout() {
    return cutter.layout();
  }

  /** Opens replicas of the network. */
  NetworkFactory network() {
    List<Integer> categories = new ArrayList<>();
    for (int column = 0; column < layout().staticCovariates().size(); column++) {
      categories.add(codes.codes(column));
    }
    return new NetworkFactory(
        spec,
        new NetworkInputs(
            cutter.window().contextLength(),
            cutter.window().horizon(),
            layout().pastCovariates().size(),
            layout().knownCovariates().size(),
            cutter.calendar().columns(),
            categories));
  }

  /** The network with its weights. */
  ForecasterFactory model(float[] parameters) {
    NetworkFactory network = network();
    return () -> network.forecaster(parameters);
  }

  /** The model under test and the baselines of the run. */
  List<ForecasterFactory> withBaselines(ForecasterFactory model) {
    List<ForecasterFactory> all = new ArrayList<>();
    all.add(model);
    int season = season();
    List<Double> levels = spec.output().quantileLevels();
    for (String word : run.backtest().baselines()) {
      Baseline baseline = Baseline.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
      all.add(() -> baseline.forecaster(season, levels));
    }
    return all;
  }

  /** The training settings, with checkpoints under the output folder unless told otherwise. */
  TrainingSpec training(String stage) {
    TrainingSpec training = run.training();
    CheckpointSpec checkpoint = training.checkpoint();
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

  /** What the bundle must know beside the weights. */
  ServingState serving(IntervalCalibration calibration, List<TailModel> tails) {
    return new ServingState(
        layout(),
        frequencyText(),
        codes,
        cutter.window(),
        cutter.calendar(),
        cutter.otherChannels(),
        season(),
        calibration,
        tails);
  }

  private String frequencyText() {
    return frequency.map(Frequency::toString).orElse(ServingState.ROWS);
  }
}
