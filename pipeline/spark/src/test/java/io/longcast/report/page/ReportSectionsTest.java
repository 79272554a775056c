package io.longcast.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReportSectionsTest {
  private static final int STEPS = 200;

  @Test
  void drawsEverySeriesOfASmallRunWithItsWorstStep() {
    ReportFixture few = new ReportFixture(9, STEPS);
    Map<String, Object> sections = few.sections();
    SeriesCatalog catalog = (SeriesCatalog) sections.get("catalog");
    assertThat(catalog.total()).isEqualTo(9);
    assertThat(catalog.series().get(0).peak()).isGreaterThan(6.0);
    assertThat(catalog.series().get(0).events()).isEqualTo(1);
    assertThat(catalog.series()).extracting(SeriesCatalog.Entry::id).containsAll(few.ids());

    List<?> views = (List<?>) sections.get("views");
    assertThat(views).hasSize(9);
    SeriesView first = (SeriesView) views.get(0);
    assertThat(first.steps()).as("gaps are steps too").isEqualTo(STEPS);
    assertThat(first.deltas()).as("hours, a gap, hours").hasSize(6).contains(13 * 3_600_000_000L);
    assertThat(first.channels()).extracting(SeriesView.Channel::name).contains("load <i>");

    SwimLanes lanes = (SwimLanes) sections.get("lanes");
    String lane = lanes.bins().get(catalog.series().get(0).id());
    assertThat(lane).hasSize(120).contains("j").contains(".");
  }

  @Test
  void keepsTheWorstStepOfALongSeriesAndEveryNewOne() {
    Dataset<Row> rows =
        ReportRows.scored(
            SharedSession.get()
                .sql(
                    "select 'a' series_id, 'v' channel, cast(null as timestamp) timestamp, id row,"
                        + " cast(id as double) value, 0D expected, 0D lower, 0D upper,"
                        + " if(id = 1234, 0.99999D, 0.1D) anomaly_score, 0.999D threshold,"
                        + " id = 1234 is_anomaly, 1D contribution from range(50000)"));
    Dataset<Row> none = rows.limit(0);
    SeriesCatalog catalog =
        SeriesCatalog.of(rows, new ReportFixture(1, 1).statuses().limit(0), none);
    SeriesView view = SeriesViewStage.of(rows, catalog, List.of("a")).get(0);
    assertThat(view.steps()).isEqualTo(50_000);
    long at = view.start();
    boolean drawn = at == 1234;
    long steps = 1;
    for (int i = 0; i < view.deltas().size(); i += 2) {
      for (long k = 0; k < view.deltas().get(i + 1); k++) {
        at += view.deltas().get(i);
        drawn |= at == 1234;
        steps++;
      }
    }
    assertThat(drawn).as("the step with the highest score of its interval is drawn").isTrue();
    assertThat(at).isEqualTo(49_999);
    assertThat(steps).isBetween(1_900L, 2_200L);
    assertThat(view.full()).as("a thousand newest steps one by one").isEqualTo(49_000);
  }

  @Test
  void countsTheAlarmsOfEveryThreshold() {
    Dataset<Row> rows =
        ReportRows.scored(
            SharedSession.get()
                .sql(
                    "select 'a' series_id, 'v' channel, cast(null as timestamp) timestamp, id row, 0D"
                        + " value, 0D expected, 0D lower, 0D upper, case when id in (20, 22, 60) then"
                        + " 0.9999D when id = 40 then 0.99D else 0D end anomaly_score, 0.999D threshold,"
                        + " false is_anomaly, 1D contribution from range(169)"));
    Dataset<Row> none = rows.limit(0);
    SeriesCatalog catalog =
        SeriesCatalog.of(rows, new ReportFixture(1, 1).statuses().limit(0), none);
    AlarmCurve curve = AlarmCurve.of(rows, catalog, 3, 1, "SERIES_WEEK");
    assertThat(curve.seriesWeeks()).isEqualTo(1.0);
    assertThat(curve.alarms().get(curve.thresholds().indexOf(1.5)))
        .as("20 and 22 are one, 40 and 60 one each")
        .isEqualTo(3);
    assertThat(curve.alarms().get(curve.thresholds().indexOf(3.0))).isEqualTo(2);
    assertThat(curve.alarms().get(curve.thresholds().indexOf(5.0))).isZero();
    AlarmCurve apart = AlarmCurve.of(rows, catalog, 0, 1, "SERIES_WEEK");
    assertThat(apart.alarms().get(apart.thresholds().indexOf(3.0))).isEqualTo(3);
  }

  @Test
  @Tag("long")
  void staysSmallForFortySeries() {
    String page = ReportPage.html("forty", new ReportFixture(40, 1440).sections());
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(3_000_000);
  }

  @Test
  @Tag("long")
  void isBoundedForTenThousandSeries() {
    Map<String, Object> many = new ReportFixture(10_000, 70).sections();
    assertThat(((SeriesCatalog) many.get("catalog")).total()).isEqualTo(10_000);
    assertThat((List<?>) many.get("views")).hasSize(40);
    String page = ReportPage.html("many", many);
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(6_000_000);
    assertThat(page).as("all in the tables").contains("\"machine-09999\"");
  }
}
