package io.longcast.config;

import io.longcast.alert.AlertSpec;
import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.RulesSpec;
import io.longcast.backtest.AccuracySpec;
import io.longcast.backtest.BacktestSpec;
import io.longcast.backtest.RetrainSpec;
import io.longcast.clean.CleanSpec;
import io.longcast.drift.DriftSpec;
import io.longcast.forecast.ForecastSpec;
import io.longcast.generate.GenerateSpec;
import io.longcast.label.LabelSpec;
import io.longcast.model.ModelOutput;
import io.longcast.model.ModelSpec;
import io.longcast.read.RecentSpec;
import io.longcast.read.SourceSpec;
import io.longcast.report.page.ReportSpec;
import io.longcast.series.CalendarSpec;
import io.longcast.settings.SettingException;
import io.longcast.stream.StreamSpec;
import io.longcast.tracking.TrackingSpec;
import io.longcast.train.TrainingSpec;
import io.longcast.window.SamplingSpec;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import io.longcast.write.OutputSpec;
import java.io.Serializable;
import java.util.List;

/**
 * All settings of a run, one section per package. Keys, units, ranges and defaults are documented
 * in {@code reference.conf}.
 *
 * @param name the model's folder below the models and the run's name in reports: letters, digits,
 *     dots, dashes and underscores
 * @param seed from which all random numbers of the run are derived
 * @param preset how much is spent on training
 * @param source where observations come from
 * @param clean how observations become series
 * @param labels what a classifier learns, or what a threshold of anomalies is chosen by
 * @param window shape of the windows
 * @param split how each series is divided in time
 * @param calendar calendar covariates
 * @param model the network
 * @param training how the network is trained
 * @param sampling the order in which training draws windows
 * @param forecast how forecasts are made
 * @param anomaly how anomalies are found
 * @param rules what operators do not want alarms for
 * @param backtest baselines and the gate
 * @param evaluate when past forecasts are worse than promised
 * @param drift when recent data have left those of the training
 * @param retrain when a challenger is trained
 * @param run what a run of every day reads
 * @param alerts where events are reported
 * @param tracking where trainings are logged
 * @param stream how rows are scored as they arrive
 * @param output where tables and models go
 * @param report what the report shows
 * @param generate what to generate
 * @param sections sections that other modules declare
 */
public record RunSpec(
    String name,
    long seed,
    Preset preset,
    SourceSpec source,
    CleanSpec clean,
    LabelSpec labels,
    WindowSpec window,
    SplitSpec split,
    CalendarSpec calendar,
    ModelSpec model,
    TrainingSpec training,
    SamplingSpec sampling,
    ForecastSpec forecast,
    AnomalySpec anomaly,
    RulesSpec rules,
    BacktestSpec backtest,
    AccuracySpec evaluate,
    DriftSpec drift,
    RetrainSpec retrain,
    RecentSpec run,
    AlertSpec alerts,
    TrackingSpec tracking,
    StreamSpec stream,
    OutputSpec output,
    ReportSpec report,
    GenerateSpec generate,
    ModuleSections sections)
    implements Serializable {

  /** Named sets of defaults, in {@code presets.conf}. */
  public enum Preset {
    FAST,
    ACCURATE
  }

  public RunSpec {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new SettingException(
          "name",
          "name must be letters, digits, dots, dashes and underscores, found \"" + name + "\"");
    }
    requireLabelsServe(labels, model, anomaly);
  }

  private static void requireLabelsServe(LabelSpec labels, ModelSpec model, AnomalySpec anomaly) {
    boolean classes = model.output().loss() == ModelOutput.Loss.CROSS_ENTROPY;
    boolean threshold = anomaly.threshold().byLabels();
    if (classes ? !labels.present() || threshold : labels.present() && !threshold) {
      throw new SettingException(
          List.of("labels", "model.output.loss", "anomaly.threshold.by"),
          "labels are learned with the loss cross-entropy, or choose a threshold with"
              + " anomaly.threshold.by = labels, found loss "
              + model.output().loss()
              + " and threshold by "
              + anomaly.threshold().by()
              + " with "
              + labels);
    }
  }

  /** Whether the model labels steps instead of forecasting them. */
  public boolean isClassifier() {
    return model.output().loss() == ModelOutput.Loss.CROSS_ENTROPY;
  }

  /**
   * A section that another module declares.
   *
   * @throws IllegalStateException if that module is not on the class path
   */
  public <T extends Record> T section(Class<T> type) {
    return sections.get(type);
  }

  /** The same on a source of another format and path. */
  public RunSpec withSource(String format, String path) {
    return with(source.reading(format, path), window, split, model, training);
  }

  /** The same that reads what a challenger is to be trained on. */
  public RunSpec readingTraining() {
    return retrain.paths().isEmpty()
        ? this
        : with(source.reading(retrain.paths()), window, split, model, training);
  }

  /** The same with the channels of a model where a star denotes the value columns. */
  public RunSpec withChannels(List<String> channels) {
    return with(source.resolved(channels), window, split, model, training);
  }

  /** The same with the label column among the value columns, last. */
  public RunSpec readingLabels() {
    return labels
        .column()
        .map(label -> with(source.readingToo(label), window, split, model, training))
        .orElse(this);
  }

  /** The same with the shape of windows and the splits that were chosen. */
  public RunSpec withWindows(WindowSpec chosen, SplitSpec chosenSplit) {
    return with(source, chosen, chosenSplit, model, training);
  }

  /** The same with the number of classes that the labels hold. */
  public RunSpec withClasses(int classes) {
    return with(source, window, split, model.withClasses(classes), training);
  }

  /** The same with a network whose open choices were closed. */
  public RunSpec withModel(ModelSpec chosen) {
    return with(source, window, split, chosen, training);
  }

  /** The same with another seed of training. */
  public RunSpec withTrainingSeed(long other) {
    return with(source, window, split, model, training.withSeed(other));
  }

  /** Every copy differs in these sections alone. */
  private RunSpec with(
      SourceSpec source,
      WindowSpec window,
      SplitSpec split,
      ModelSpec model,
      TrainingSpec training) {
    return new RunSpec(
        name, seed, preset, source, clean, labels, window, split, calendar, model, training,
        sampling, forecast, anomaly, rules, backtest, evaluate, drift, retrain, run, alerts,
        tracking, stream, output, report, generate, sections);
  }
}
