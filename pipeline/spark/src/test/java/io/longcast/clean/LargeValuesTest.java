package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.read.ReadStage;
import io.longcast.read.Sources;
import io.longcast.series.SeriesValues;
import io.longcast.testing.SharedSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Readings of a meter at 1.2e9, of a price in small units, and of any digits, from every format.
 */
class LargeValuesTest {
  private static final SparkSession SPARK = SharedSession.get();
  private static final int STEPS = 60;

  @TempDir Path folder;

  /** Each row: format, type of the column, first value, increase from step to step. */
  @ParameterizedTest
  @CsvSource({
    "csv, 'decimal(20,2)', 1200000000.94, 3.17",
    "json, 'decimal(20,2)', 1200000000.94, 3.17",
    "parquet, 'decimal(20,2)', 1200000000.94, 3.17",
    "parquet, double, 98765432.125, 0.001",
    "orc, bigint, 4503599627370497, 3",
    "json, string, 31536000000.5, 0.25"
  })
  void keepTheirDigits(String format, String type, String first, String increase) {
    Path data = folder.resolve("data");
    SPARK
        .sql(
            "select 's' series_id, timestamp'2024-01-01' + make_interval(0,0,0,0,id) timestamp,"
                + " cast(%s + id * %s as %s) value from range(0, %d, 1, 1)"
                    .formatted(first, increase, type, STEPS))
        .write()
        .option("header", "true")
        .format(format)
        .save(data.toString());
    try (CleanResult clean =
        CleanStage.clean(
            ReadStage.read(SPARK, Sources.of(format, data).spec()),
            Cleaning.hourly().spec(),
            Optional.empty())) {
      SeriesValues values = clean.segments().first().row(0);
      double[] expected =
          IntStream.range(0, STEPS)
              .mapToObj(step -> new BigDecimal(increase).multiply(BigDecimal.valueOf(step)))
              .mapToDouble(more -> new BigDecimal(first).add(more).doubleValue())
              .toArray();
      assertThat(values.toDoubles()).containsExactly(expected);
      assertThat(values.offset(STEPS - 1)).isEqualTo(expected[STEPS - 1]);
    }
  }

  /**
   * Doubles of 1 to 17 digits from 1e-12 to 1e15; those of a column of floats as Spark shows them.
   */
  @ParameterizedTest
  @CsvSource({"csv, double", "json, double", "parquet, double", "parquet, float"})
  void areHadBitForBitAsTheyWereRead(String format, String type) {
    Random random = new Random(format.length());
    List<Double> given =
        Stream.generate(() -> type.equals("float") ? digits(random, 6, 3) : digits(random, 17, 15))
            .limit(500)
            .toList();
    Path data = folder.resolve("data");
    SPARK
        .createDataset(given, Encoders.DOUBLE())
        .coalesce(1)
        .selectExpr(
            "'s' series_id",
            "timestamp'2024-01-01' + make_interval(0,0,0,0,cast(monotonically_increasing_id() as"
                + " int)) timestamp",
            "cast(value as " + type + ") value")
        .write()
        .option("header", "true")
        .format(format)
        .save(data.toString());
    try (CleanResult clean =
        CleanStage.clean(
            ReadStage.read(SPARK, Sources.of(format, data).spec()),
            Cleaning.hourly().spec(),
            Optional.empty())) {
      double[] found = clean.segments().first().row(0).asRead();
      for (int i = 0; i < given.size(); i++) {
        assertThat(Double.compare(found[i], given.get(i)))
            .as("%s for %s", found[i], given.get(i))
            .isZero();
      }
    }
  }

  private static double digits(Random random, int most, int magnitude) {
    int digits = 1 + random.nextInt(most);
    int power = random.nextInt(2 * magnitude + 1) - magnitude;
    return BigDecimal.valueOf((long) (random.nextDouble() * Math.pow(10, digits)))
        .scaleByPowerOfTen(Math.max(power, -12) - digits)
        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1))
        .doubleValue();
  }
}
