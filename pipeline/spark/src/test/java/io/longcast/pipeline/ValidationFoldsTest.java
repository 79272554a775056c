package io.longcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ValidationFoldsTest {
  private final SparkSession spark = SharedSession.get();

  /** Validation folds for some series of so many hours with a horizon of ten. */
  private int folds(int series, int hours, String... more) {
    Dataset<Row> rows =
        spark
            .range((long) series * hours)
            .selectExpr(
                "concat('s', id % " + series + ") as series_id",
                "timestamp_seconds(3600 * floor(id / " + series + ")) as timestamp",
                "double(hash(id)) as value");
    List<String> words = new ArrayList<>(List.of("window.horizon=10", "clean.frequency=1h"));
    words.addAll(List.of(more));
    RunSpec run = RunFile.read(Optional.empty(), words).spec();
    try (SeriesDataset data = SeriesDataset.of(rows, run.source().columns(), run.clean())) {
      return ValidationFolds.enough(run, data).split().folds();
    }
  }

  @Test
  void takesAsManyFoldsAsTheGateNeedsAndTheSeriesHold() {
    assertThat(folds(1, 1000)).isEqualTo(10);
    assertThat(folds(3, 1000)).isEqualTo(4);
    assertThat(folds(1, 100)).isEqualTo(2);
    assertThat(folds(1, 100, "split.folds=3")).isEqualTo(3);
    assertThat(folds(10, 60)).isEqualTo(1);
  }

  @Test
  void leavesTheFoldsOfTheSettingsWhereNoneAreWanted() {
    assertThat(folds(1, 1000, "backtest.minValues=0")).isEqualTo(1);
    assertThat(folds(1, 1000, "split.folds=0")).isZero();
  }
}
