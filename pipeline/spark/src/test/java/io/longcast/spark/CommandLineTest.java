package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.DetectFlow;
import io.longcast.flow.ForecastFlow;
import io.longcast.flow.ModelStore;
import io.longcast.flow.TrainFlow;
import io.longcast.flow.TrainOutcome;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.ForecastsTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line's flows and the API train, serve and store the same models. */
class CommandLineTest {
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  @Test
  void givesTheParametersForecastsAndAnomaliesOfTheApi() throws Exception {
    Dataset<Row> history = Meters.rows(spark, 3);
    String table = folder.resolve("history").toString();
    history.write().parquet(table);
    List<String> words = new ArrayList<>(Meters.forecaster().words());
    words.addAll(
        List.of("source.paths=[\"" + table + "\"]", "output.path=" + folder.resolve("out")));
    RunSpec run = RunFile.read(Optional.empty(), words).spec();
    StageClock clock = new StageClock(Progress.SILENT);
    TrainOutcome trained = TrainFlow.run(spark, run, false, clock);
    ForecastFlow.run(spark, run, trained.model(), clock);
    DetectFlow.run(spark, run, trained.model(), clock);

    ForecasterModel model = Meters.forecaster().fit(history);
    assertThat(model.parametersSha256())
        .isEqualTo(trained.trained().bundle().manifest().parametersSha256());
    assertThat(model.modelId()).isEqualTo(trained.model().id());
    assertThat(forecasts(spark.read().parquet(run.output().table("forecasts"))))
        .isEqualTo(forecasts(model.transform(history)));

    String bundle = new ModelStore(spark, run).folder(trained.model().id());
    AnomalyDetectorModel detector = AnomalyDetectorModel.load(bundle);
    assertThat(anomalies(spark.read().parquet(run.output().table("anomalies"))))
        .isEqualTo(anomalies(detector.anomalies(history)));
    assertThat(forecasts(ForecasterModel.load(bundle).transform(history)))
        .isEqualTo(forecasts(model.transform(history)));

    String saved = folder.resolve("saved").toString();
    model.save(saved);
    assertThat(new ModelStore(spark, run).bundleAt(saved).manifest().modelId())
        .isEqualTo(model.modelId());
  }

  private static List<String> forecasts(Dataset<Row> rows) {
    return texts(
        rows.drop(ForecastsTable.ORIGIN_DATE, ForecastsTable.QUANTILES), "series_id", "step");
  }

  private static List<String> anomalies(Dataset<Row> rows) {
    return texts(rows.drop(AnomaliesTable.DATE), "series_id", "timestamp");
  }

  private static List<String> texts(Dataset<Row> rows, String first, String second) {
    return rows.orderBy(first, second).collectAsList().stream().map(Row::toString).toList();
  }
}
