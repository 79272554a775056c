package io.longcast.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.ClassBatch;
import io.longcast.model.Classifier;
import io.longcast.model.ForecastBatch;
import io.longcast.series.CalendarSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.TimeAxis;
import io.longcast.testing.SharedSession;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ClassifyStageTest {
  private static final TimeAxis NO_TIME = new RowAxis(0, null);

  private final SparkSession spark = SharedSession.get();

  /** Sure of class "high" where the newest value is above zero. */
  private static final class Sign implements Classifier {
    @Override
    public String name() {
      return "sign";
    }

    @Override
    public List<Double> quantileLevels() {
      return List.of();
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public void forecast(WindowBatch windows, ForecastBatch forecasts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void classify(WindowBatch windows, ClassBatch found) {
      for (int at = 0; at < windows.size() * windows.horizon(); at++) {
        int window = at / windows.horizon();
        float newest = windows.context()[(window + 1) * windows.contextLength() - 1];
        found.codes()[at] = newest > 0 ? 1 : 0;
        found.probabilities()[2 * at] = newest > 0 ? .25f : .75f;
        found.probabilities()[2 * at + 1] = 1 - found.probabilities()[2 * at];
      }
    }
  }

  private List<Row> classify(WindowSpec window, int minContext, Segment... segments) {
    ForecastSpec spec =
        new ForecastSpec(
            2,
            minContext,
            0,
            false,
            false,
            ForecastSpec.Calibrate.OFF,
            new ForecastSpec.Adaptive(0, 0),
            ForecastSpec.Reconcile.NONE);
    ClassifyStage.Plan plan =
        new ClassifyStage.Plan(
            new CutterSpec(
                window, SeriesLayout.of("v", "label"), new CalendarSpec(List.of()), false, true),
            Sign::new,
            List.of("low", "high"),
            spec,
            "m");
    return ClassifyStage.classify(
            spark,
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(segments), 1),
            plan)
        .collectAsList();
  }

  private static Segment series(String id, float... values) {
    return Segment.whole(
        id,
        NO_TIME,
        values.length,
        new float[][] {values, new float[values.length]},
        null,
        new int[0]);
  }

  @Test
  void labelsFromTheEndBackEachStepOnce() {
    List<Row> rows = classify(new WindowSpec(3, 2, 1), 2, series("a", 1, 1, 1, -1, -1, 1, 1));
    assertThat(rows).extracting(row -> row.getLong(2)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(rows)
        .extracting(row -> row.getString(3))
        .containsExactly("high", "high", "low", "low", "high", "high");
    assertThat(rows.get(2).getDouble(4)).isEqualTo(.75);
    assertThat(rows.get(2).<Row>getList(5))
        .extracting(row -> row.getString(0) + row.getDouble(1))
        .containsExactly("low0.75", "high0.25");
  }

  @Test
  void keepsAStrideBetweenItsWindows() {
    List<Row> rows = classify(new WindowSpec(3, 1, 3), 1, series("a", 1, 1, 1, 1, 1, 1, 1, 1));
    assertThat(rows).extracting(row -> row.getLong(2)).containsExactly(1L, 4L, 7L);
  }

  @Test
  void givesAShortSeriesAStatusAndGoesOn() {
    List<Row> rows =
        classify(
            new WindowSpec(3, 1, 1), 3, series("a", 1, 1), series("b", 1, 1, 1, 1), series("c", 1));
    assertThat(rows).extracting(row -> row.getString(0)).contains("a", "b", "b", "c").hasSize(4);
    Row shortOne = rows.stream().filter(row -> row.getString(0).equals("a")).findFirst().get();
    assertThat(shortOne.getString(6))
        .isEqualTo("too short: 2 steps, at least 3 needed (window.horizon, forecast.minContext)");
    assertThat(shortOne.isNullAt(3) && shortOne.isNullAt(5)).isTrue();
  }
}
