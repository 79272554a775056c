package io.longcast.report.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.longcast.flow.report.RunSummary;
import io.longcast.table.AccuracyTable;
import io.longcast.table.BacktestTable;
import io.longcast.table.EventsTable;
import io.longcast.table.MetricsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.table.TrainingHistoryTable;
import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Tables of a small run with awkward names, and the report of them. */
final class ReportFixture {
  /** Ids that would do harm as anything but text. */
  static final List<String> HOSTILE =
      List.of(
          "</script><script>window.hacked = 1</script>",
          "<img src=x onerror=\"window.hacked = 1\">",
          "<!-- --><b>bold</b> & 'quoted' \"twice\" {{data}}",
          "__proto__",
          "constructor",
          "\u202Eright-to-left \uD83D\uDD25",
          "a".repeat(300));

  private final SparkSession spark = SharedSession.get();
  private final int series;
  private final int steps;

  /**
   * @param series the hostile ones first, then plain ones
   * @param steps hours of each
   */
  ReportFixture(int series, int steps) {
    this.series = series;
    this.steps = steps;
  }

  List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      ids.add(i < HOSTILE.size() ? HOSTILE.get(i) : "machine-%05d".formatted(i));
    }
    return ids;
  }

  private Dataset<Row> names() {
    List<Row> rows = new ArrayList<>();
    List<String> ids = ids();
    for (int i = 0; i < ids.size(); i++) {
      rows.add(RowFactory.create(i, ids.get(i)));
    }
    return spark.createDataFrame(rows, StructType.fromDDL("n int, series_id string"));
  }

  /** Two channels; a gap of twelve hours, and a fault of eight hours whose score falls with n. */
  Dataset<Row> anomalies() {
    return names()
        .crossJoin(spark.range(steps).toDF("h"))
        .where("h not between 40 and 51")
        .withColumn("channel", expr("explode(array('heat', 'load <i>'))"))
        .withColumn(
            "fault", expr("h between %d and %d and n %% 3 = 0".formatted(steps - 60, steps - 52)))
        .selectExpr(
            "series_id",
            "channel",
            "timestamp_seconds(1704067200 + 3600 * h) timestamp",
            "cast(null as bigint) row",
            "20 + n % 7 + 5 * sin(h / 3.82) + if(fault, 9, 0) + 0.3 * sin(h * 7.1) value",
            "20 + n % 7 + 5 * sin(h / 3.82) expected",
            "19 + n % 7 + 5 * sin(h / 3.82) lower",
            "21 + n % 7 + 5 * sin(h / 3.82) upper",
            "if(fault, 1 - 1e-6 / (n + 1), 0.5 + 0.45 * sin(h * 1.3 + n)) anomaly_score",
            "0.999D threshold",
            "fault is_anomaly",
            "0.5D contribution");
  }

  Dataset<Row> statuses() {
    return shaped(
        names()
            .selectExpr(
                "'parquet x' source",
                "series_id",
                "'regular' status",
                "true kept",
                "cast(null as string) reason",
                steps + "L rows_read",
                steps + "L rows_used",
                "0L rows_rejected",
                steps + "L steps",
                2 * steps + "L observed",
                "'1h' frequency",
                "timestamp_seconds(1704067200) start",
                "timestamp_seconds(%d) `end`".formatted(1704067200L + 3600L * (steps - 1))),
        SeriesStatusTable.SCHEMA);
  }

  Dataset<Row> events() {
    long start = 1704067200L + 3600L * (steps - 60);
    return names()
        .where("n % 3 = 0")
        .selectExpr(
            "concat('e', n) event_id",
            "series_id",
            "timestamp_seconds(%d) start".formatted(start),
            "timestamp_seconds(%d) `end`".formatted(start + 9 * 3600),
            "'closed' state",
            "1 - 1e-6 / (n + 1) peak_score",
            "array('heat', 'load <i>') channels",
            "'shift' kind",
            "'a level <u>9 above</u> the expected one' evidence",
            "'machine-00001 2024-01-02' similar_window");
  }

  private Dataset<Row> forecasts() {
    long origin = 1704067200L + 3600L * steps;
    return names()
        .crossJoin(spark.range(1, 25).toDF("s"))
        .selectExpr(
            "series_id",
            "'heat' channel",
            "timestamp_seconds(%d) origin".formatted(origin),
            "cast(s as int) step",
            "timestamp_seconds(%d + 3600 * (s - 1)) timestamp".formatted(origin),
            "cast(null as bigint) row",
            "20 + n % 7 + 5 * sin(s / 3.82) forecast",
            "19.0D lower_80",
            "26.0D upper_80",
            "18.0D lower_95",
            "27.0D upper_95",
            "'ok' status");
  }

  private static Dataset<Row> shaped(Dataset<Row> rows, StructType schema) {
    return rows.select(
        Arrays.stream(schema.fields())
            .map(field -> col("`" + field.name() + "`").cast(field.dataType()))
            .toArray(Column[]::new));
  }

  /** All sections of a report on series. */
  Map<String, Object> sections() {
    Dataset<Row> scored = ReportRows.scored(anomalies()).persist(); // every section scans it
    try {
      return sections(scored);
    } finally {
      scored.unpersist(true);
    }
  }

  private Map<String, Object> sections(Dataset<Row> scored) {
    Map<String, Object> sections = new LinkedHashMap<>();
    sections.put("run", summary());
    Dataset<Row> rejects =
        spark.sql(
            "select 'parquet x' source, 'read' stage, cast(null as string) file, 'a' series_id,"
                + " cast(null as timestamp) timestamp, concat('number expected, found \"', id,"
                + " '\"') reason, '<script>window.hacked = 1</script>' record from range(5)");
    sections.put("health", DataHealth.of(shaped(rejects, RejectsTable.SCHEMA), statuses()));
    sections.put("training", TrainingCurves.of(history()));
    sections.put(
        "accuracy", AccuracySection.of(metrics(), backtest(), empty(AccuracyTable.SCHEMA), "lstm"));
    SeriesCatalog catalog = SeriesCatalog.of(scored, statuses(), events());
    List<String> ids = catalog.chosen(40);
    sections.put("timed", true);
    sections.put("catalog", catalog);
    sections.put("views", SeriesViewStage.of(scored, catalog, ids));
    sections.put("fans", ForecastFan.of(forecasts(), ids));
    sections.put(
        "events",
        TableView.of(
            events()
                .drop(EventsTable.EVENT_ID)
                .orderBy(col(EventsTable.PEAK_SCORE).desc(), col(EventsTable.SERIES_ID)),
            2000));
    sections.put("lanes", SwimLanes.of(scored, catalog));
    sections.put(
        "parts",
        List.of(
            ForecastParts.of(
                HOSTILE.get(3),
                "heat",
                List.of("skip", "recurrent"),
                new double[][] {{20, 20, 20}, {1, 2, 3}, {0.5, -0.5, 0.25}})));
    sections.put("drift", drift());
    sections.put("alarms", AlarmCurve.of(scored, catalog, 6, 1, "SERIES_WEEK"));
    return sections;
  }

  private static RunSummary summary() {
    return new RunSummary(
        "fixture",
        "2024-03-01T00:00:00Z",
        "0123456789abcdef",
        "00ff",
        "11ee",
        "java",
        7,
        Map.of("spark", "3.5.7"),
        Map.of("gate", "passed", "rows", "rows read 10 = used 9 + rejected 1"),
        "lstm",
        "theta",
        List.of(new RunSummary.Setting("window.horizon", "24", "12", "two days of <hours>")));
  }

  private Dataset<Row> history() {
    return shaped(
        spark.sql(
            "select 'm' model_id, 1 member, cast(id + 1 as int) round, (id + 1) * 10 steps, 100L windows,"
                + " 1 / (id + 1) training_loss, if(id % 5 = 0, 1.1 / (id + 1), null) validation_loss,"
                + " 0.001 learning_rate, 0.5 gradient_norm, 3.0 parameter_norm, 0.1 update_norm,"
                + " 0.0 clipped_share, cast(null as map<string, double>) gradient_norm_by_layer,"
                + " cast(null as map<string, double>) clipped_share_by_layer,"
                + " cast(null as array<double>) gradient_norm_by_time_step, 10.0 windows_per_second,"
                + " 0.0 straggler_share, cast(null as string) event, 2.0 seconds,"
                + " map('compute', 1.5D, 'reduce', 0.5D) seconds_by_part from range(40)"),
        TrainingHistoryTable.SCHEMA);
  }

  private Dataset<Row> metrics() {
    return shaped(
        spark.sql(
            "select 'm' model_id, model, cast(null as string) channel, cast(null as string) `group`,"
                + " cast(null as int) fold, metric, value, 10L count from values ('lstm', 'mase', 0.7),"
                + " ('lstm', 'coverage_80', 0.79), ('lstm', 'coverage_95', 0.94), ('theta', 'mase', 0.9),"
                + " ('theta', 'coverage_95', 0.91) as t(model, metric, value)"),
        MetricsTable.SCHEMA);
  }

  private Dataset<Row> backtest() {
    Dataset<Row> steps =
        spark.sql(
            "select 'm' model_id, model, cast(null as string) against, cast(null as int) fold,"
                + " cast(null as string) series_id, cast(null as string) channel, cast(id + 1 as int)"
                + " step, 'mase' metric, 0.5 + id / 40 value, 10L count from range(24)"
                + " lateral view explode(array('lstm', 'theta')) m as model");
    Dataset<Row> bySeries =
        names()
            .selectExpr(
                "'m' model_id",
                "'lstm' model",
                "cast(null as string) against",
                "cast(null as int) fold",
                "series_id",
                "'heat' channel",
                "cast(null as int) step",
                "'mase' metric",
                "0.5 + n / 10 value",
                "10L count");
    return shaped(steps, BacktestTable.SCHEMA).union(shaped(bySeries, BacktestTable.SCHEMA));
  }

  private TableView drift() {
    return TableView.of(
        spark.sql(
            "select timestamp_seconds(1709251200) at, 'series' scope, '"
                + HOSTILE.get(3)
                + "' series_id, 'load <i>' channel, 'shift' metric, 4.5D value, 1.2D usual, true"
                + " is_drift"),
        500);
  }

  private Dataset<Row> empty(StructType schema) {
    return spark.createDataFrame(List.<Row>of(), schema);
  }
}
