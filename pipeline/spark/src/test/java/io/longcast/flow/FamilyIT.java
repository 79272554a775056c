package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.ClassComparison;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.model.ModelSpec;
import io.longcast.model.bundle.NetworkFiles;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.table.ClassesTable;
import io.longcast.table.ForecastsTable;
import io.longcast.testing.SharedSession;
import io.longcast.train.RoundRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every shape, cell and loss goes the whole way: rounds of the trainer over two shards, a bundle,
 * forecasts as Parquet. The data have past, known and static covariates. That each member also
 * learns what it is for, cell by shape by front, is {@code LearningTest}'s.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FamilyIT {
  private static final int SERIES = 6;
  private static final int HORIZON = 12;
  private final SparkSession spark = SharedSession.get();
  @TempDir static Path folder;
  private SeriesDataset data;

  @BeforeAll
  void prepare() {
    RunSpec run = settings();
    GenerateFlow.run(spark, run.generate(), folder.toString());
    data = SeriesDataset.read(spark, run, Optional.empty());
  }

  @AfterAll
  void close() {
    data.close();
  }

  @ParameterizedTest
  @CsvSource({
    "one-to-one, lstm, mae, statics.encoding=one-hot",
    "one-to-many, gru, gaussian, statics.encoding=none",
    "many-to-one, rnn, student-t, convolution.layers=1",
    "many-to-many, lstm, huber, layers=2",
    "seq2seq, gru, mse, decoder.teacherForcingSteps=10",
  })
  void trainsAndForecasts(String shape, String cell, String loss, String more) {
    RunSpec run =
        settings(
            "model.shape=" + shape,
            "model.cell=" + cell,
            "model.output.loss=" + loss,
            "model." + more);
    assertForecasts(run, trained(run));
  }

  @Test
  void trainsOnCountsAndForecastsWholeNumbers() {
    RunSpec run =
        settings(
            "model.output.loss=negative-binomial",
            "model.scaling.transform=none",
            "model.scaling.level=zero",
            "model.scaling.spread=mean-absolute",
            "forecast.nonNegative=true",
            "forecast.wholeNumbers=true");
    Dataset<Row> forecasts = assertForecasts(run, trained(run));
    assertThat(forecasts.where("forecast <> round(forecast) or forecast < 0").count()).isZero();
    assertThat(forecasts.where("lower_90 < 0").count()).isZero();
  }

  /** The other shapes of classifiers are {@code ClassFlowIT}'s. */
  @Test
  void labelsTheNewestStepOfAWindowTakenInAtOnce() {
    RunSpec run =
        new ClassRuns(folder)
            .coded(
                "model.shape=one-to-one",
                "model.cell=gru",
                "generate.series=4",
                "generate.steps=300",
                "window.horizon=1",
                "split.folds=48",
                "training.steps=60");
    TrainOutcome trained = TrainFlow.run(spark, run, false, new StageClock(Progress.SILENT));
    assertThat(((ClassComparison) trained.evaluation()).found().metric("accuracy").value())
        .isGreaterThan(.75);
    ClassifyFlow.run(spark, run, trained.model(), new StageClock(Progress.SILENT));
    Dataset<Row> classes = spark.read().parquet(run.output().table(ClassesTable.TABLE.name()));
    assertThat(classes.where("status = 'ok'").count()).isEqualTo(4L * (300 - 1));
  }

  private ServedModel trained(RunSpec run) {
    TrainOutcome trained = TrainFlow.run(spark, run, data, false, new StageClock(Progress.SILENT));
    List<RoundRecord> rounds = trained.training().history();
    assertThat(rounds.get(rounds.size() - 1).trainLoss()).isLessThan(rounds.get(0).trainLoss());
    ModelSpec kept = NetworkFiles.network(new ModelStore(spark, run).latestBundle()).model();
    assertThat(kept.shape()).isEqualTo(run.model().shape());
    assertThat(kept.cell()).isEqualTo(run.model().cell());
    assertThat(kept.output()).isEqualTo(run.model().output());
    return trained.model();
  }

  private Dataset<Row> assertForecasts(RunSpec run, ServedModel model) {
    ForecastFlow.run(spark, run, data, model, new StageClock(Progress.SILENT));
    Dataset<Row> forecasts =
        spark
            .read()
            .parquet(run.output().table(ForecastsTable.TABLE.name()))
            .where("model_id = '" + model.id() + "'");
    assertThat(forecasts.where("status = 'ok'").count()).isEqualTo((long) SERIES * HORIZON);
    assertThat(forecasts.where("not (lower_90 <= upper_90)").count()).isZero();
    assertThat(forecasts.selectExpr("count(distinct forecast)").first().getLong(0))
        .isGreaterThan(HORIZON);
    return forecasts;
  }

  private RunSpec settings(String... more) {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/energy.conf");
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder,
                "generate.series=" + SERIES,
                "generate.steps=400",
                "generate.ahead=" + HORIZON,
                "window.contextLength=48",
                "window.horizon=" + HORIZON,
                "model.hiddenSize=8",
                "training.steps=30",
                "training.shards=2",
                "training.batchSize=32",
                "training.refit=false",
                "backtest.baselines=[naive]",
                "backtest.gate=off",
                "anomaly.stride=24"));
    words.addAll(List.of(more));
    RunSpec run = RunFile.read(Optional.of(file), words).spec();
    return run.withSource("parquet", folder.resolve("observations").toString());
  }
}
