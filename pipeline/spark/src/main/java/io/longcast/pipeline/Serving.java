package io.longcast.pipeline;

import io.longcast.anomaly.AlarmRules;
import io.longcast.anomaly.DetectResult;
import io.longcast.anomaly.DetectStage;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.StreamPlan;
import io.longcast.anomaly.Verdicts;
import io.longcast.anomaly.alarm.AlarmBudget;
import io.longcast.clean.ArrivalPlan;
import io.longcast.config.RunSpec;
import io.longcast.forecast.AdaptStage;
import io.longcast.forecast.ClassifyStage;
import io.longcast.forecast.ForecastCounts;
import io.longcast.forecast.ForecastPlan;
import io.longcast.forecast.ForecastSpec;
import io.longcast.forecast.ForecastStage;
import io.longcast.forecast.ForecastStreamPlan;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.label.LabelStage;
import io.longcast.read.ReadResult;
import io.longcast.reconcile.CommonEnd;
import io.longcast.reconcile.ReconcileStage;
import io.longcast.series.Frequency;
import io.longcast.settings.SettingException;
import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamSpec;
import io.longcast.stream.StreamStage;
import io.longcast.table.ForecastStatus;
import io.longcast.table.ForecastsTable;
import io.longcast.table.PartitionPeriod;
import io.longcast.table.SeriesStatusTable;
import io.longcast.window.Block;
import io.longcast.window.SplitSpec;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * A model at work on prepared series. What it returns is computed when it is used.
 *
 * @param run the settings of forecasts and anomalies
 * @param model what serves
 * @param verdicts of operators on earlier events of the run
 */
public record Serving(SparkSession spark, RunSpec run, ServedModel model, Verdicts verdicts) {
  private static final double SECONDS_A_WEEK = 7 * 86_400;
  private static final double SECONDS_AN_HOUR = 3600;

  /** Without verdicts. */
  public Serving(SparkSession spark, RunSpec run, ServedModel model) {
    this(spark, run, model, Verdicts.NONE);
  }

  /**
   * Forecasts from the end of each series, in the shape of {@link ForecastsTable}; with {@code
   * forecast.reconcile} those of groups too, which takes jobs beforehand.
   *
   * @param calibration see {@link #calibration}
   * @param newest see {@link #newestEnd}; empty: no series is stale
   * @param counts counts what is forecast
   */
  public Dataset<Row> forecasts(
      SeriesDataset data,
      IntervalCalibration calibration,
      Optional<Instant> newest,
      ForecastCounts counts) {
    model.requireFits(data.layout(), data.frequency());
    requireForecaster();
    ForecastPlan plan =
        plan(
            calibration,
            newest
                .map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .orElse(ForecastPlan.NO_NEWEST));
    return run.forecast().reconcile().method() == ForecastSpec.Reconciliation.NONE
        ? ForecastStage.forecast(spark, data.segments(), plan, counts)
        : ReconcileStage.forecast(spark, reconciled(data), plan, counts);
  }

  private ReconcileStage.Data reconciled(SeriesDataset data) {
    Frequency frequency =
        data.frequency()
            .orElseThrow(
                () ->
                    new SettingException(
                        List.of("forecast.reconcile.method", "clean.grid"),
                        "forecasts can be added up on a common grid only, found rows kept as they"
                            + " are"));
    int horizon = model.state().window().horizon();
    CommonEnd ends =
        new CommonEnd(frequency, run.clean().zoneId(), run.forecast().staleAfter(horizon));
    Instant end =
        ends.of(data.statuses())
            .orElseThrow(() -> new IllegalArgumentException("no series is left to forecast"));
    return new ReconcileStage.Data(
        data.segments(), model.state().codes(), frequency, run.clean().zoneId(), end);
  }

  private ForecastPlan plan(IntervalCalibration calibration, long newest) {
    return new ForecastPlan(
        model.state().cutter(),
        model.forecaster(),
        calibration,
        run.forecast(),
        model.id(),
        newest,
        model.fullContext());
  }

  /** Time of the newest last step of all series; empty where the data have no time. Runs a job. */
  public static Optional<Instant> newestEnd(SeriesDataset data) {
    Row newest = data.statuses().agg(functions.max(SeriesStatusTable.END)).head();
    return Optional.ofNullable(newest.getTimestamp(0)).map(Timestamp::toInstant);
  }

  /**
   * One row with a status for each series that cleaning dropped, at the origin of the series that
   * end last.
   *
   * @param newest see {@link #newestEnd}
   */
  public Dataset<Row> withoutForecast(SeriesDataset data, Optional<Instant> newest) {
    Optional<Timestamp> origin = newest.map(end -> Timestamp.from(after(end, data)));
    List<Column> columns = new ArrayList<>();
    for (StructField field : ForecastsTable.SCHEMA.fields()) {
      Column value =
          switch (field.name()) {
            case ForecastsTable.SERIES_ID -> functions.col(SeriesStatusTable.SERIES_ID);
            case ForecastsTable.STATUS -> functions.lit(ForecastStatus.LEFT_OUT.word());
            case ForecastsTable.REASON ->
                functions.concat_ws(
                    ": ",
                    functions.col(SeriesStatusTable.STATUS),
                    functions.col(SeriesStatusTable.REASON));
            case ForecastsTable.MODEL_ID -> functions.lit(model.id());
            case ForecastsTable.ORIGIN -> functions.lit(origin.orElse(null));
            case ForecastsTable.ORIGIN_DATE ->
                functions.lit(
                    data.frequency()
                        .map(PartitionPeriod::of)
                        .orElse(PartitionPeriod.DAY)
                        .of(origin.orElse(null)));
            default -> functions.lit(null);
          };
      columns.add(value.cast(field.dataType()).as(field.name()));
    }
    return data.statuses()
        .where(functions.not(functions.col(SeriesStatusTable.KEPT)))
        .select(columns.toArray(Column[]::new));
  }

  private Instant after(Instant end, SeriesDataset data) {
    return data.frequency()
        .map(step -> step.plus(end.atZone(run.clean().zoneId()), 1).toInstant())
        .orElse(end);
  }

  /** The bundle's correction of intervals, adapted to the newest known origins where requested. */
  public IntervalCalibration calibration(SeriesDataset data) {
    IntervalCalibration stored = model.calibration();
    ForecastSpec.Adaptive adaptive = run.forecast().adaptive();
    boolean off = run.forecast().calibration() == ForecastSpec.Calibrate.OFF;
    if (off || adaptive.origins() == 0 || stored.levels().isEmpty()) {
      return stored;
    }
    return AdaptStage.adapt(
        data.segments().map(segment -> new Block(List.of(segment))),
        model.state().cutter(),
        new SplitSpec(adaptive.origins(), 0, 0, 0, 0),
        model.forecaster(),
        stored,
        adaptive.rate());
  }

  /** Labels of the newest steps of each series, in the shape of the classes table. */
  public Dataset<Row> classes(SeriesDataset data) {
    model.requireFits(data.layout(), data.frequency());
    ServingState state = model.state();
    ClassifyStage.Plan plan =
        new ClassifyStage.Plan(
            state.cutter(), model.factory(), state.classes(), run.forecast(), model.id());
    return ClassifyStage.classify(
        spark, LabelStage.unlabelled(data.segments(), data.layout()), plan);
  }

  /**
   * Scores every step.
   *
   * @param series in the fleet, over which a budget of the fleet is divided
   * @param states to resume from, in the shape of the detector states table; empty to score series
   *     from their first step
   */
  public DetectResult anomalies(SeriesDataset data, long series, Optional<Dataset<Row>> states) {
    model.requireFits(data.layout(), data.frequency());
    requireForecaster();
    requireScores();
    DetectorConfig detector = detector(data.frequency(), series);
    return states
        .map(rows -> DetectStage.resume(spark, data.segments(), rows, run.clean(), detector))
        .orElseGet(() -> DetectStage.score(spark, data.segments(), detector));
  }

  /**
   * Scores every step of a stream as its rows arrive.
   *
   * @param read of a stream
   * @param states to resume from, in the shape of the detector states table; empty to start every
   *     series anew
   * @return rows in the shape of {@link io.longcast.table.StreamedTables}
   */
  public Dataset<Row> streamed(
      ReadResult read, Optional<Dataset<Row>> states, StreamCounts counts) {
    return streamed(read, states, states, counts);
  }

  /**
   * The same for a query that may have a checkpoint, which resumes from that.
   *
   * @param states to resume from; empty where the query has a checkpoint
   * @param known states of the model, which say how many series share a budget
   */
  public Dataset<Row> streamed(
      ReadResult read,
      Optional<Dataset<Row>> states,
      Optional<Dataset<Row>> known,
      StreamCounts counts) {
    requireForecaster();
    ArrivalPlan arrivals = arrivals(read);
    StreamSpec spec = run.stream();
    StreamPlan plan =
        new StreamPlan(
            detector(Optional.of(arrivals.frequency()), fleet(known)),
            arrivals,
            micros(spec.expireAfter()),
            micros(spec.statesEvery()),
            spec.forecastEvery() == 0 ? null : streamed(),
            spec.forecastEvery());
    return StreamStage.run(read.parsed(), arrivals.layout(), states, plan, spec, counts);
  }

  /**
   * Forecasts every series of a stream, each time {@code stream.forecastEvery} of its steps are
   * complete, or one where that is 0.
   *
   * @param read of a stream
   * @return rows in the shape of {@link io.longcast.table.StreamedTables}
   */
  public Dataset<Row> streamedForecasts(ReadResult read, StreamCounts counts) {
    requireForecaster();
    ArrivalPlan arrivals = arrivals(read);
    StreamSpec spec = run.stream();
    ForecastStreamPlan plan =
        new ForecastStreamPlan(
            streamed(), arrivals, Math.max(1, spec.forecastEvery()), micros(spec.expireAfter()));
    return StreamStage.run(read.parsed(), arrivals.layout(), Optional.empty(), plan, spec, counts);
  }

  /** Without a look at other series, by which one is stale. */
  private ForecastPlan streamed() {
    return plan(model.calibration(), ForecastPlan.NO_NEWEST);
  }

  private ArrivalPlan arrivals(ReadResult read) {
    boolean onGrid = !model.state().frequency().equals(ServingState.ROWS);
    Optional<Frequency> frequency =
        onGrid ? Optional.of(Frequency.parse(model.state().frequency())) : Optional.empty();
    model.requireFits(read.layout(), frequency);
    return new ArrivalPlan(
        model.state().layout(),
        run.clean(),
        frequency.orElse(null),
        model.state().codes(),
        read.source(),
        micros(run.stream().silentAfter()));
  }

  private static long micros(Duration duration) {
    return Math.multiplyExact(duration.toMillis(), 1000L);
  }

  /** Series that share a budget, which a stream knows of states alone. */
  private long fleet(Optional<Dataset<Row>> states) {
    if (run.anomaly().budgetUnit() != AlarmBudget.Unit.FLEET_DAY) {
      return 1;
    }
    return states
        .map(Dataset::count)
        .filter(series -> series > 0)
        .orElseThrow(
            () ->
                new SettingException(
                    "anomaly.budgetUnit",
                    "a stream without detector states does not know how many series share the"
                        + " budget: run longcast detect on the history first, or set"
                        + " anomaly.budgetUnit = series-week"));
  }

  private DetectorConfig detector(Optional<Frequency> frequency, long series) {
    DetectorContext context =
        new DetectorContext(
            model.state().cutter(),
            model.factory(),
            model.state().calibration(),
            model.state().season(),
            run.anomaly());
    DetectorConfig detector =
        DetectorConfig.of(
            context, model.state().scores(), stepsPerWeek(frequency), series, model.id());
    AlarmRules rules = new AlarmRules(run.rules(), model.state().layout(), model.state().codes());
    return LabelledThresholds.apply(detector, run, model).under(rules).under(verdicts);
  }

  private void requireForecaster() {
    if (model.state().labels()) {
      throw new IllegalArgumentException(
          "forecasts and detection need a model that forecasts, found the classifier "
              + model.id()
              + " of "
              + model.state().classes()
              + "; run longcast forecast to get its labels");
    }
  }

  private void requireScores() {
    if (model.state().scores() == null) {
      throw new SettingException(
          "model.pretrained",
          "detection needs a trained model, whose scores are calibrated, found the pretrained"
              + " network "
              + model.id()
              + "; train one (model.pretrained = none)");
    }
  }

  /** Steps of the grid in a week; rows without a grid are taken for hours. */
  public static double stepsPerWeek(Optional<Frequency> frequency) {
    return SECONDS_A_WEEK / frequency.map(Frequency::meanSeconds).orElse(SECONDS_AN_HOUR);
  }
}
