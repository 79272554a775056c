package io.longcast.flow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.ServingState;
import io.longcast.report.page.AccuracySection;
import io.longcast.report.page.DataHealth;
import io.longcast.report.page.ReportPage;
import io.longcast.report.page.TableView;
import io.longcast.report.page.TrainingCurves;
import io.longcast.series.Frequency;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.AccuracyTable;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.BacktestTable;
import io.longcast.table.DriftTable;
import io.longcast.table.MetricsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.table.TableShape;
import io.longcast.table.TrainingHistoryTable;
import io.longcast.write.FolderPublisher;
import io.longcast.write.TableReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the reports of series and of logs have in common, and the file they are written to. */
public final class ReportSections {
  private static final int MAX_DRIFT = 500;
  private static final int MAX_TASKS = 64;
  private static final String MODEL_ID = AnomaliesTable.MODEL_ID;

  private final SparkSession spark;
  private final RunSpec run;
  private final String modelId;
  private final String source;
  private final TableReader tables;
  private final ModelBundle bundle;
  private final ReportSpan span;
  private final Map<String, Object> sections = new LinkedHashMap<>();

  /**
   * A session for the small tables of a report: each of its queries is one job, where adaptive
   * execution and joins by broadcast would run one for each exchange.
   */
  public static SparkSession session(SparkSession spark) {
    SparkSession own = EngineSession.copyOf(spark);
    int tasks = Math.max(1, Math.min(MAX_TASKS, spark.sparkContext().defaultParallelism()));
    own.conf().set("spark.sql.adaptive.enabled", "false");
    own.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    own.conf().set("spark.sql.shuffle.partitions", Integer.toString(tasks));
    return own;
  }

  /**
   * Starts the report of a model with its identity, accuracy, training and input.
   *
   * @param spark of {@link #session}
   * @param modelId of this run's name
   * @param source as the tables name it
   */
  public ReportSections(
      SparkSession spark, RunSpec run, String modelId, String source, Instant now) {
    this.spark = spark;
    this.run = run;
    this.modelId = modelId;
    this.source = source;
    this.tables = new TableReader(spark, run.output());
    bundle = new ModelStore(spark, run).bundle(modelId);
    span = ReportSpan.of(run.report(), frequency(), ofSource(SeriesStatusTable.TABLE));
    RunSummary summary = RunSummary.of(run, bundle.manifest(), now);
    put("run", summary);
    put("health", DataHealth.of(ofSource(RejectsTable.TABLE), ofSource(SeriesStatusTable.TABLE)));
    put("training", TrainingCurves.of(ofModel(TrainingHistoryTable.TABLE)));
    put("accuracy", accuracy(summary.subject()));
    put("drift", drift());
  }

  /** Adds a section: a record, map, list, text or number; null where there is none. */
  public void put(String name, Object section) {
    sections.put(name, section);
  }

  /** The model. */
  ModelBundle bundle() {
    return bundle;
  }

  /** The time that is covered. */
  ReportSpan span() {
    return span;
  }

  /** The grid's step of the model; empty where its rows are kept as they are. */
  Optional<Frequency> frequency() {
    return Optional.ofNullable(bundle.manifest().notes().get("frequency"))
        .filter(step -> !step.equals(ServingState.ROWS))
        .map(Frequency::parse);
  }

  /** Rows of the model. */
  public Dataset<Row> ofModel(TableShape table) {
    return tables.read(table).where(col(MODEL_ID).equalTo(modelId));
  }

  /** Rows of the source. */
  public Dataset<Row> ofSource(TableShape table) {
    return tables.read(table).where(col(RejectsTable.SOURCE).equalTo(source));
  }

  /** Of the rolling backtest where there is one, else of the validation windows of the training. */
  private AccuracySection accuracy(String subject) {
    Dataset<Row> backtest = tables.read(BacktestTable.TABLE);
    Dataset<Row> rolling = backtest.where(col(MODEL_ID).equalTo("backtest-" + run.name()));
    return AccuracySection.of(
        ofModel(MetricsTable.TABLE),
        rolling.isEmpty() ? backtest.where(col(MODEL_ID).equalTo(modelId)) : rolling,
        span.ofDays(ofModel(AccuracyTable.TABLE), AccuracyTable.DAY),
        subject);
  }

  /** The newest comparison with the training data, what has drifted first. */
  private TableView drift() {
    Dataset<Row> drift = span.of(ofModel(DriftTable.TABLE), DriftTable.AT);
    Object newest = drift.agg(max(DriftTable.AT)).head().get(0);
    return TableView.of(
        drift
            .where(col(DriftTable.AT).equalTo(lit(newest)))
            .orderBy(
                desc(DriftTable.IS_DRIFT),
                col(DriftTable.SCOPE),
                col(DriftTable.SERIES_ID),
                col(DriftTable.CHANNEL),
                col(DriftTable.METRIC))
            .select(
                DriftTable.AT,
                DriftTable.SCOPE,
                DriftTable.SERIES_ID,
                DriftTable.CHANNEL,
                DriftTable.METRIC,
                DriftTable.VALUE,
                DriftTable.USUAL,
                DriftTable.IS_DRIFT),
        MAX_DRIFT);
  }

  /** Writes the page beside the tables, in place of the former one, and returns its path. */
  public String write() {
    String file = run.output().table("report-" + run.name() + ".html");
    new FolderPublisher(spark.sparkContext().hadoopConfiguration())
        .point(file, ReportPage.html("Longcast: " + run.name(), sections));
    return file;
  }
}
