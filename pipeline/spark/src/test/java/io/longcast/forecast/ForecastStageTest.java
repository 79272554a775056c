package io.longcast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.longcast.model.ForecastBatch;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.WindowForecaster;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import io.longcast.series.TimeAxis;
import io.longcast.testing.SharedSession;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ForecastStageTest {
  private static final WindowSpec WINDOW = new WindowSpec(3, 2, 1);
  private static final TimeAxis DAYS =
      new GridAxis(Instant.parse("1969-12-30T00:00:00Z"), Frequency.parse("1d"), ZoneOffset.UTC);
  private static final TimeAxis NO_TIME = new RowAxis(0, null);

  private final SparkSession spark = SharedSession.get();
  private long newest = ForecastPlan.NO_NEWEST;
  private final ForecastCounts counts = ForecastCounts.of(spark);

  /** Says the newest value, and that plus or minus one as the 90 % interval. */
  private static final class Newest implements WindowForecaster {
    @Override
    public String name() {
      return "newest";
    }

    @Override
    public List<Double> quantileLevels() {
      return List.of(.05, .5, .95);
    }

    @Override
    public void forecast(WindowBatch windows, ForecastBatch forecasts) {
      for (int at = 0; at < windows.size() * windows.horizon(); at++) {
        float newest = windows.context()[(at / windows.horizon() + 1) * 3 - 1];
        // Above 50 the interval lies beside the point; at 99 there is no number.
        float middle = newest > 50 ? newest + 2 : newest;
        forecasts.point()[at] = newest == 99 ? Float.NaN : newest;
        for (int q = 0; q < 3; q++) {
          forecasts.quantiles()[at * 3 + q] = middle + q - 1;
        }
      }
    }
  }

  private List<Row> forecast(SeriesLayout layout, ForecastSpec spec, List<Segment> segments) {
    ForecasterFactory model = Newest::new;
    ForecastPlan plan =
        new ForecastPlan(
            new CutterSpec(WINDOW, layout, new CalendarSpec(List.of()), false),
            model,
            IntervalCalibration.none(List.of(.05, .5, .95)),
            spec,
            "m",
            newest);
    JavaRDD<Segment> all =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(segments, 2);
    return ForecastStage.forecast(spark, all, plan, counts).collectAsList().stream()
        .sorted(Comparator.comparing((Row row) -> row.getString(0) + row.getString(1)))
        .toList();
  }

  private static ForecastSpec spec(boolean bounded) {
    return new ForecastSpec(
        2,
        2,
        0,
        bounded,
        bounded,
        ForecastSpec.Calibrate.OFF,
        new ForecastSpec.Adaptive(0, 0),
        ForecastSpec.Reconcile.NONE);
  }

  @Test
  void givesEachStepItsTimeItsDayAndItsInterval() {
    List<Row> rows =
        forecast(SeriesLayout.of("v"), spec(false), List.of(Segment.of("a", DAYS, 1, 2, 7)));
    assertThat(rows).hasSize(2);
    Row second = rows.get(1);
    assertThat(second.getString(0) + second.getString(1)).isEqualTo("av");
    assertThat(second.getTimestamp(2).toInstant()).hasToString("1970-01-02T00:00:00Z");
    assertThat(second.getInt(3)).isEqualTo(2);
    assertThat(second.getTimestamp(4).toInstant()).hasToString("1970-01-03T00:00:00Z");
    assertThat(second.isNullAt(5)).isTrue();
    assertThat(second.getDouble(6)).isEqualTo(7);
    assertThat(second.isNullAt(7) && second.isNullAt(12)).isTrue();
    assertThat(second.getDouble(9)).isEqualTo(6);
    assertThat(second.getDouble(10)).isEqualTo(8);
    assertThat(second.getList(13)).hasSize(3);
    assertThat(second.<Row>getList(13).get(2).getDouble(1)).isEqualTo(8);
    assertThat(second.getString(14) + second.getString(16)).isEqualTo("okm");
    assertThat(second.isNullAt(15)).isTrue();
    assertThat(second.getDate(17).toLocalDate()).hasToString("1970-01-01");
  }

  @Test
  void countsRowsWhereThereIsNoTime() {
    Row row =
        forecast(SeriesLayout.of("v"), spec(false), List.of(Segment.of("a", NO_TIME, 1, 2, 3)))
            .get(0);
    assertThat(row.isNullAt(2) && row.isNullAt(4) && row.isNullAt(17)).isTrue();
    assertThat(row.getLong(5)).isEqualTo(3);
  }

  @Test
  void movesEndsThatDoNotHoldThePoint() {
    Row row =
        forecast(SeriesLayout.of("v"), spec(false), List.of(Segment.of("a", DAYS, 1, 2, 60)))
            .get(0);
    assertThat(row.getDouble(6)).isEqualTo(60);
    assertThat(row.getDouble(9)).isEqualTo(60);
    assertThat(row.getDouble(10)).isEqualTo(63);
    assertThat(counts.widened().value()).isEqualTo(2);
  }

  @Test
  void staysWithinTheBoundsThatAreAskedFor() {
    Row row =
        forecast(SeriesLayout.of("v"), spec(true), List.of(Segment.of("a", DAYS, 1, 2, .4f)))
            .get(0);
    assertThat(row.getDouble(6)).isZero();
    assertThat(row.getDouble(9)).isZero();
    assertThat(row.<Row>getList(13).get(0).getDouble(1)).isZero();
  }

  @Test
  void saysWhyAChannelHasNoForecast() {
    float[][] values = {{1, 2, 99}, {5, 5, 5}, {1, 2, 3}};
    long[][] observed = {null, {0b100}, null};
    SeriesLayout layout = SeriesLayout.of("bad", "rare", "good");
    Segment three = Segment.whole("a", DAYS, 3, values, observed, new int[0]);
    List<Row> rows = forecast(layout, spec(false), List.of(three));
    assertThat(rows)
        .extracting(row -> row.getString(1))
        .containsExactly("bad", "good", "good", "rare");
    assertThat(status(rows.get(0)))
        .isEqualTo("not-finite: the model gave no finite number at step 1");
    assertThat(status(rows.get(3)))
        .isEqualTo("too-short: 1 observed values, at least 2 needed (forecast.minContext)");
    assertThat(counts.statuses())
        .containsOnly(entry("ok", 1L), entry("too-short", 1L), entry("not-finite", 1L));
    assertThat(rows.get(3).isNullAt(3) && rows.get(3).isNullAt(6)).isTrue();
  }

  private static String status(Row row) {
    return row.getString(14) + ": " + row.getString(15);
  }

  @Test
  void saysThatTheContextIsShort() {
    Row row =
        forecast(SeriesLayout.of("v"), spec(false), List.of(Segment.of("a", DAYS, 1, 2))).get(0);
    assertThat(status(row))
        .isEqualTo("short-context: 2 steps before the origin, the model's context has 3");
    assertThat(row.getDouble(6)).isEqualTo(2);
  }

  /** The horizon is 2 steps; the newest series ends 2 and 3 steps later. */
  @Test
  void saysThatASeriesEndedLongBeforeTheOthers() {
    Segment ended = Segment.of("a", DAYS, 1, 2, 3);
    newest = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("1970-01-03T00:00:00Z"));
    assertThat(status(forecast(SeriesLayout.of("v"), spec(false), List.of(ended)).get(0)))
        .isEqualTo("ok: null");
    newest = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("1970-01-04T00:00:00Z"));
    assertThat(status(forecast(SeriesLayout.of("v"), spec(false), List.of(ended)).get(0)))
        .isEqualTo(
            "stale: the series ends 3 steps before the newest, at 1970-01-04T00:00:00Z; at most 2"
                + " are current (forecast.staleAfter)");
  }

  @Test
  void saysThatAKnownCovariateEndsTooEarly() {
    SeriesLayout layout =
        new SeriesLayout(List.of("v"), List.of(), List.of("price", "holiday"), List.of());
    float[][] values = {{1, 2, 3}, {5, 5, 5, 5}, {0, 0, 0, 0, 1}};
    Segment series = Segment.whole("a", DAYS, 3, values, null, new int[0]);
    assertThat(status(forecast(layout, spec(false), List.of(series)).get(0)))
        .isEqualTo("missing-known-covariate: price is known for 1 of 2 steps");
  }

  @Test
  void answersEverySeriesWhateverTheBatch() {
    List<Segment> many =
        java.util.stream.IntStream.range(0, 7)
            .mapToObj(i -> Segment.of("s" + i, DAYS, 1, 2, i))
            .toList();
    List<Row> rows = forecast(SeriesLayout.of("v"), spec(false), many);
    assertThat(rows).hasSize(14);
    for (int i = 0; i < 14; i++) {
      assertThat(rows.get(i).getString(0)).isEqualTo("s" + i / 2);
      assertThat(rows.get(i).getDouble(6)).isEqualTo(i / 2);
    }
  }

  @Test
  void forecastsOfALargeLevelCarryItsDigits() {
    SeriesValues values =
        SeriesValues.of(new double[] {1.2e9 + .94, 1.2e9 + 3.78, 1.2e9 + 9.32, 1.2e9 + 5.01});
    Segment segment = Segment.whole("a", DAYS, 4, new SeriesValues[] {values}, null, new int[0]);
    Row row = forecast(SeriesLayout.of("v"), spec(true), List.of(segment)).get(0);
    assertThat(row.getDouble(9)).isEqualTo(1.2e9 + 4.01);
    assertThat(row.<Row>getList(13).get(1).getDouble(1)).isEqualTo(1.2e9 + 5.01);
    assertThat(row.getDouble(6)).isEqualTo(1.2e9 + 5);
  }
}
