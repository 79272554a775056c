package io.longcast.flow.report;

import static org.apache.spark.sql.functions.col;

import io.longcast.config.RunSpec;
import io.longcast.flow.ModelStore;
import io.longcast.report.page.Accuracy;
import io.longcast.report.page.DataHealth;
import io.longcast.report.page.ReportPage;
import io.longcast.report.page.TrainingCurves;
import io.longcast.table.AccuracyTable;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.BacktestTable;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the reports of series and of logs have in common, and the file they are written to. */
public final class ReportSections {
  private static final String MODEL_ID = AnomaliesTable.MODEL_ID;

  private final SparkSession spark;
  private final RunSpec run;
  private final String modelId;
  private final String source;
  private final TableReader tables;
  private final Map<String, Object> sections = new LinkedHashMap<>();

  /**
   * Starts the report of a model with its identity, accuracy, training and input.
   *
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
    RunSummary summary =
        RunSummary.of(run, new ModelStore(spark, run).bundle(modelId).manifest(), now);
    put("run", summary);
    put("health", DataHealth.of(ofSource(RejectsTable.TABLE), ofSource(SeriesStatusTable.TABLE)));
    put("training", TrainingCurves.of(ofModel(TrainingHistoryTable.TABLE)));
    put("accuracy", accuracy(summary.subject()));
  }

  /** Adds a section: a record, map, list, text or number; null where there is none. */
  public void put(String name, Object section) {
    sections.put(name, section);
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
  private Accuracy accuracy(String subject) {
    Dataset<Row> backtest = tables.read(BacktestTable.TABLE);
    Dataset<Row> rolling = backtest.where(col(MODEL_ID).equalTo("backtest-" + run.name()));
    return Accuracy.of(
        ofModel(MetricsTable.TABLE),
        rolling.isEmpty() ? backtest.where(col(MODEL_ID).equalTo(modelId)) : rolling,
        ofModel(AccuracyTable.TABLE),
        subject);
  }

  /** Writes the page beside the tables, in place of the former one, and returns its path. */
  public String write() {
    String file = run.output().table("report-" + run.name() + ".html");
    new FolderPublisher(spark.sparkContext().hadoopConfiguration())
        .point(file, ReportPage.html("Longcast: " + run.name(), sections));
    return file;
  }
}
