package io.longcast.logs.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;

import io.longcast.config.RunSpec;
import io.longcast.flow.report.ReportSections;
import io.longcast.logs.LogSpec;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.logs.table.TemplatesTable;
import io.longcast.report.page.TableView;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes the report of a run on logs: one HTML file beside its tables. */
public final class LogReportFlow {
  private static final int MAX_SESSIONS = 500;

  private LogReportFlow() {}

  /**
   * The abnormal sessions of a report.
   *
   * @param sessions of the table, those with the highest scores first
   * @param templates text by id of those that were expected in them
   */
  private record Logs(TableView sessions, Map<String, String> templates) {}

  /** Writes the report of a model of this run's name and returns its path. */
  public static String write(SparkSession spark, RunSpec run, String modelId, Instant now) {
    String source = String.join(",", run.section(LogSpec.class).paths());
    ReportSections sections =
        new ReportSections(ReportSections.session(spark), run, modelId, source, now);
    Dataset<Row> found =
        sections
            .ofModel(LogAnomaliesTable.TABLE)
            .where(col(LogAnomaliesTable.IS_ANOMALY))
            .orderBy(
                desc(LogAnomaliesTable.ANOMALY_SCORE),
                col(LogAnomaliesTable.SESSION_ID),
                col(LogAnomaliesTable.POSITION))
            .drop(LogAnomaliesTable.MODEL_ID, LogAnomaliesTable.IS_ANOMALY, LogAnomaliesTable.DATE);
    TableView sessions = TableView.of(found, MAX_SESSIONS);
    sections.put("logs", new Logs(sessions, templates(sections, found.limit(MAX_SESSIONS))));
    return sections.write();
  }

  /** Texts of the templates that were expected in the sessions. */
  private static Map<String, String> templates(ReportSections sections, Dataset<Row> found) {
    Dataset<Row> expected =
        found
            .select(explode(col(LogAnomaliesTable.EXPECTED)).as("one"))
            .select(col("one." + LogAnomaliesTable.TEMPLATE_ID))
            .distinct();
    Map<String, String> texts = new TreeMap<>();
    sections
        .ofModel(TemplatesTable.TABLE)
        .join(expected, TemplatesTable.TEMPLATE_ID)
        .select(TemplatesTable.TEMPLATE_ID, TemplatesTable.TEMPLATE)
        .collectAsList()
        .forEach(row -> texts.put(row.getString(0), row.getString(1)));
    return texts;
  }
}
