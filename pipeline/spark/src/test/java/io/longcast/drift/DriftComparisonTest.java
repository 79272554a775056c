package io.longcast.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.table.DriftTable;
import io.longcast.testing.SharedSession;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class DriftComparisonTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int TRAINED = 30 * 24;
  private static final DriftStage.Plan PLAN =
      new DriftStage.Plan(
          List.of("load"), 72, 24, new DriftSpec(Duration.ofDays(3), 48, .25, .1, .25), "m1");

  private final SparkSession spark = SharedSession.get();

  private static Segment series(int number, int from, int to, double shift, boolean isMissing) {
    SplittableRandom random = new SplittableRandom(number);
    float[] values = new float[to - from];
    long[] observed = new long[(values.length + 63) / 64];
    for (int t = 0; t < to; t++) {
      double value = number + 10 * Math.sin(2 * Math.PI * t / 24) + 4 * random.nextDouble();
      if (t >= from) {
        values[t - from] = (float) (value + (t >= TRAINED ? shift : 0));
        boolean there = !isMissing || t < TRAINED || t % 2 == 0;
        observed[(t - from) >> 6] |= there ? 1L << ((t - from) & 63) : 0;
      }
    }
    GridAxis axis =
        new GridAxis(START.plusSeconds(3600L * from), Frequency.parse("1h"), ZoneOffset.UTC);
    return Segment.whole(
        "s" + number,
        axis,
        values.length,
        new float[][] {values},
        new long[][] {observed},
        new int[] {number == 7 ? 0 : 1});
  }

  private JavaRDD<Segment> fleet(List<Segment> fleet) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(fleet, 2);
  }

  private Dataset<Row> reference() {
    List<Segment> trained = new ArrayList<>();
    for (int s = 0; s < 8; s++) {
      trained.add(series(s, 0, TRAINED, 0, false));
    }
    return DriftStage.reference(spark, fleet(trained), PLAN);
  }

  private DriftComparison compare(List<Segment> recent, int to) {
    Instant newest = START.plusSeconds(3600L * (to - 1));
    return DriftComparison.of(spark, fleet(recent), reference(), PLAN, newest);
  }

  @Test
  void findsNoDriftWhereDaysGoOnAsBefore() {
    List<Segment> recent = new ArrayList<>();
    for (int s = 0; s < 8; s++) {
      recent.add(series(s, TRAINED - 100, TRAINED + 72, 0, false));
    }
    try (DriftComparison comparison = compare(recent, TRAINED + 72)) {
      DriftReport report = comparison.report();
      assertThat(report.isDrift()).as(report.lines().toString()).isFalse();
      assertThat(report.lines().get(0)).isEqualTo("no drift of the fleet");
      assertThat(comparison.rows(report).where("scope = 'series'").count()).isZero();
      DriftTable.TABLE.requireConforms(comparison.rows(report).schema());
    }
  }

  /** Two days of another level are enough, with a window of three; a third of the fleet has it. */
  @Test
  void saysWhatDriftedInWordsAndRows() {
    List<Segment> recent = new ArrayList<>();
    for (int s = 1; s < 8; s++) {
      recent.add(series(s, TRAINED - 100, TRAINED + 48, s < 4 ? 20 : 0, s == 4));
    }
    recent.add(series(9, TRAINED, TRAINED + 48, 0, false));
    try (DriftComparison comparison = compare(recent, TRAINED + 48)) {
      DriftReport report = comparison.report();
      assertThat(report.isDrift()).isTrue();
      assertThat(report.lines().get(0))
          .startsWith("drift: load: 4 of 7 series have drifted, 3 in their values")
          .contains("interquartile ranges", "1 in missing values");
      assertThat(report.lines())
          .contains(
              "1 series are new since the training",
              "1 series of the training have no recent rows",
              "1 series have a category that training did not see");
      List<Row> rows =
          comparison.rows(report).where("scope = 'series' and is_drift").collectAsList();
      assertThat(rows)
          .extracting(row -> row.getAs("series_id") + " " + row.getAs("metric"))
          .containsExactlyInAnyOrder("s1 stability", "s2 stability", "s3 stability", "s4 missing");
    }
  }
}
