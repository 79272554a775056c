package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of sample the whole way, with its own file in conf/. */
@Tag("long")
class DemoFlowIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"energy", "network"})
  void goesFromGeneratedRowsToForecastsAndAnomalies(String kind) {
    goTheWholeWay(kind);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"sensors", "stocks", "weather", "patients"})
  void theOtherKindsGoTheSameWay(String kind) {
    goTheWholeWay(kind);
  }

  private void goTheWholeWay(String kind) {
    SparkSession spark = SharedSession.get();
    RunSpec run = settings(kind);
    DemoFlow.Outcome outcome = DemoFlow.run(spark, run, false, new StageClock(Progress.SILENT));

    long series = run.generate().series();
    int channels = run.source().valueColumns().size();
    assertThat(outcome.training().rows().balances()).isTrue();
    assertThat(outcome.forecasts()).isEqualTo(series * channels * run.window().horizon());
    assertThat(outcome.scored()).isPositive();
    if (List.of("sensors", "energy", "weather").contains(kind)) {
      assertThat(outcome.faults().sum().found()).isPositive();
    }
    Dataset<Row> events = spark.read().parquet(folder.resolve("events").toString());
    assertThat(events.where("evidence like '%carries%' and `end` > start").count())
        .isEqualTo(outcome.faults().events());
    assertThat(outcome.training().comparison().hasWindows()).isTrue();
    assertThat(Files.exists(folder.resolve("models").resolve(kind))).isTrue();
    Dataset<Row> forecasts = spark.read().parquet(folder.resolve("forecasts").toString());
    assertThat(
            forecasts
                .where("status = 'ok' and not (lower_95 <= forecast and forecast <= upper_95)")
                .count())
        .isZero();
  }

  private RunSpec settings(String kind) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder,
                "generate.series=6",
                "generate.steps=" + (kind.equals("patients") ? 1200 : 800),
                "generate.dirty=0.01",
                "training.steps=20",
                "training.shards=2",
                "training.refit=false",
                "anomaly.stride=12"));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/" + kind + ".conf");
    return RunFile.read(Optional.of(file), words).spec();
  }
}
