package io.longcast.flow.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.config.RunSpec;
import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.report.page.AlarmCurve;
import io.longcast.report.page.ForecastFan;
import io.longcast.report.page.ReportRows;
import io.longcast.report.page.SeriesCatalog;
import io.longcast.report.page.SeriesView;
import io.longcast.report.page.SeriesViewStage;
import io.longcast.report.page.SwimLanes;
import io.longcast.report.page.TableView;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.SeriesStatusTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the report of a run: one HTML file beside its tables, from the tables that stand there. A
 * bounded number of rows is collected, whatever the tables hold.
 */
public final class ReportFlow {
  private static final Logger LOG = LoggerFactory.getLogger(ReportFlow.class);
  private static final int MAX_EVENTS = 2_000;

  private final SparkSession spark;
  private final RunSpec run;
  private final ReportSections sections;
  private final Instant now;

  private ReportFlow(SparkSession spark, RunSpec run, ReportSections sections, Instant now) {
    this.spark = spark;
    this.run = run;
    this.sections = sections;
    this.now = now;
  }

  /**
   * What was written.
   *
   * @param file the report
   * @param series in its tables
   * @param drawn of them
   */
  public record Outcome(String file, long series, int drawn) {}

  /**
   * Writes the report of a model.
   *
   * @param modelId of this run's name
   * @param reads whether the observed values are read from the source where the run has scored none
   */
  public static Outcome write(
      SparkSession spark, RunSpec run, String modelId, boolean reads, Instant now) {
    SparkSession own = ReportSections.session(spark);
    ReportSections sections = new ReportSections(own, run, modelId, run.source().label(), now);
    return new ReportFlow(own, run, sections, now).write(reads);
  }

  private Outcome write(boolean reads) {
    Dataset<Row> statuses = sections.ofSource(SeriesStatusTable.TABLE);
    ReportSpan span = sections.span();
    Dataset<Row> anomalies =
        span.of(
            sections.ofModel(AnomaliesTable.TABLE), AnomaliesTable.TIMESTAMP, AnomaliesTable.DATE);
    boolean observed = reads && anomalies.isEmpty();
    Dataset<Row> steps =
        (observed ? source() : Optional.<ReadResult>empty())
            .map(read -> ReportRows.observed(read.observations(), read.layout().channels()))
            .map(rows -> span.of(rows, AnomaliesTable.TIMESTAMP))
            .orElseGet(() -> ReportRows.scored(anomalies));
    Dataset<Row> events = span.ofEvents(sections.ofModel(EventsTable.TABLE));
    SeriesCatalog catalog = SeriesCatalog.of(steps, statuses, events);
    boolean scored = !observed && catalog.hasSteps();
    List<SeriesView> views = draw(steps, catalog, span);
    sections.put("timed", catalog.isTimed());
    sections.put("since", span.from().map(Instant::toString).orElse(null));
    sections.put("before", span.before());
    sections.put("catalog", catalog);
    sections.put("views", views);
    sections.put("events", events(events));
    sections.put("lanes", scored ? SwimLanes.of(steps, catalog) : null);
    // Alarms alone say neither how long was scored nor what a lower threshold would have given.
    boolean complete = scored && run.anomaly().keep() == AnomalySpec.Keep.ALL;
    sections.put("alarms", complete ? alarms(steps, catalog) : null);
    String file = sections.write();
    LOG.info("report: {}, {} series, {} of them drawn", file, catalog.total(), views.size());
    if (span.before() > 0) {
      LOG.warn(
          "{} series ended before {}: the report draws nothing of them (report.lookback = 0 days)",
          span.before(),
          span.from().orElseThrow());
    }
    return new Outcome(file, catalog.total(), views.size());
  }

  private List<SeriesView> draw(Dataset<Row> steps, SeriesCatalog catalog, ReportSpan span) {
    List<String> ids = catalog.chosen(run.report().series());
    Dataset<Row> forecasts =
        span.of(
            sections.ofModel(ForecastsTable.TABLE),
            ForecastsTable.ORIGIN,
            ForecastsTable.ORIGIN_DATE);
    sections.put("fans", ForecastFan.of(forecasts, ids));
    sections.put("parts", ForecastMakeup.of(spark, run, sections.bundle(), ids, now));
    return SeriesViewStage.of(steps, catalog, ids);
  }

  private static TableView events(Dataset<Row> events) {
    return TableView.of(
        events
            .select(
                EventsTable.SERIES_ID,
                EventsTable.START,
                EventsTable.END,
                EventsTable.STATE,
                EventsTable.PEAK_SCORE,
                EventsTable.CHANNELS,
                EventsTable.KIND,
                EventsTable.EVIDENCE,
                EventsTable.SIMILAR_WINDOW)
            .orderBy(
                desc(EventsTable.PEAK_SCORE), col(EventsTable.SERIES_ID), col(EventsTable.START)),
        MAX_EVENTS);
  }

  private AlarmCurve alarms(Dataset<Row> steps, SeriesCatalog catalog) {
    return AlarmCurve.of(
        steps,
        catalog,
        run.anomaly().mergeGap(),
        run.anomaly().alarmBudget(),
        run.anomaly().budgetUnit().name());
  }

  /** The observed values; empty where the source cannot be read, which is logged. */
  private Optional<ReadResult> source() {
    try {
      return Optional.of(ReadStage.read(spark, run.source()));
    } catch (IllegalArgumentException unreadable) {
      LOG.warn("the report shows no observed values: {}", unreadable.getMessage());
      return Optional.empty();
    }
  }
}
