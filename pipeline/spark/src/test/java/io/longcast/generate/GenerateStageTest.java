package io.longcast.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenerateStageTest {
  private final SparkSession spark = SharedSession.get();

  @ParameterizedTest
  @EnumSource(SampleKind.class)
  void theTableHoldsWhatTheSeriesHold(SampleKind kind) {
    GenerateSpec spec = GeneratorSpecs.of(kind, 5, 300);
    List<String> expected = new ArrayList<>();
    for (long number = 0; number < 5; number++) {
      new GeneratedRows(spec, number)
          .forEachRemaining(row -> expected.add(RowFactory.create(row).toString()));
    }
    Dataset<Row> table = GenerateStage.generate(spark, spec);
    assertThat(table.columns())
        .contains("series_id", "timestamp")
        .contains(kind.layout().channels().toArray(String[]::new));
    assertThat(table.collectAsList().stream().map(Row::toString))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void knownCovariatesGoOnPastTheEnd() {
    GenerateSpec plain = GeneratorSpecs.of(SampleKind.ENERGY, 1, 100);
    GenerateSpec ahead =
        new GenerateSpec(
            SampleKind.ENERGY, 1, 100, 24, plain.start(), plain.interval(), "UTC", 0, 0, 7);
    Dataset<Row> table = GenerateStage.generate(spark, ahead);
    assertThat(table.filter("load is null and temperature is null and holiday is not null").count())
        .isEqualTo(24);
    assertThat(table.count()).isEqualTo(124);
  }

  @Test
  void labelsCoverTheFaultsOfEverySeries() {
    GenerateSpec spec = GeneratorSpecs.of(SampleKind.SENSORS, 20, 2000);
    Dataset<Row> labels = GenerateStage.labels(spark, spec);
    assertThat(labels.count()).isEqualTo(20 * 9);
    assertThat(labels.filter("start >= end or channel is null").count()).isZero();
    Dataset<Row> missing = GenerateStage.generate(spark, spec).filter("vibration is null").as("o");
    Dataset<Row> labelled =
        missing.join(
            labels.filter("kind = 'missing' and channel = 'vibration'").as("l"),
            org.apache.spark.sql.functions.expr(
                "o.series_id = l.series_id and o.timestamp >= l.start and o.timestamp < l.end"));
    assertThat(labelled.count()).isEqualTo(missing.count()).isPositive();
  }

  @Test
  void billionsOfRowsCostNothingUntilTheyAreRead() {
    GenerateSpec spec = GeneratorSpecs.of(SampleKind.NETWORK, 5_000_000, 100_000);
    assertThat(GenerateStage.generate(spark, spec).takeAsList(3)).hasSize(3);
  }
}
