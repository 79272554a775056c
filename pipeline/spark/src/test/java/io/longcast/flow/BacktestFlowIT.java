package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.Comparison;
import io.longcast.backtest.Skill;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointErrors;
import io.longcast.forecast.WindowStratum;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rolling origins on a generated load; what comes after the origin is poisoned. */
@Tag("long")
class BacktestFlowIT {
  private static final int HORIZON = 24;
  @TempDir Path folder;

  @Test
  void nothingAfterTheOriginChangesAnythingBeforeIt() {
    SparkSession spark = SharedSession.get();
    RunSpec run = settings("clean", List.of("split.holdoutSteps=" + HORIZON, "split.folds=2"));
    GenerateFlow.run(spark, run.generate(), folder.resolve("clean").toString());
    Path poisoned = folder.resolve("poisoned/observations");
    poison(spark, folder.resolve("clean/observations"), poisoned);

    Comparison honest = backtest(run, folder.resolve("clean/observations"));
    Comparison tempted = backtest(run, poisoned);
    assertThat(figures(tempted)).isEqualTo(figures(honest));

    RunSpec open = settings("clean", List.of("split.holdoutSteps=0", "split.folds=2"));
    assertThat(figures(backtest(open, poisoned))).isNotEqualTo(figures(honest));
  }

  @Test
  @Tag("long")
  void trainsAnewAtEveryOriginWhenAsked() {
    RunSpec run = settings("refit", List.of("split.folds=2", "backtest.refit=true"));
    GenerateFlow.run(SharedSession.get(), run.generate(), folder.resolve("refit").toString());
    RunSpec from = run.withSource("parquet", folder.resolve("refit/observations").toString());
    BacktestFlow.Outcome<Comparison> done =
        BacktestFlow.forecasts(SharedSession.get(), from, new StageClock(Progress.SILENT));
    assertThat(done.folds()).hasSize(2);
    long windows = done.together().subject().pooled().points().mase().count();
    assertThat(windows).isEqualTo(2 * run.generate().series());
    assertThat(done.skills())
        .extracting(Skill::against)
        .containsExactly("naive", "seasonal-naive", "drift", "linear", "theta", "ets");
    assertDetail(from, windows);
  }

  /** The table holds each series in each fold, each step, and a skill for each baseline. */
  private static void assertDetail(RunSpec run, long windows) {
    Dataset<Row> detail =
        SharedSession.get()
            .read()
            .parquet(run.output().table("backtest"))
            .where("metric in ('mase', 'skill')");
    assertThat(detail.where("series_id is not null and fold is not null").count())
        .isEqualTo(7 * windows);
    assertThat(detail.where("step is not null and fold is null").count()).isEqualTo(7L * HORIZON);
    assertThat(detail.where("against is not null").count()).isEqualTo(6);
    Row pooled =
        SharedSession.get()
            .read()
            .parquet(run.output().table("metrics"))
            .where("model = 'network' and metric = 'mase' and fold is null and group = 'regular'")
            .first();
    assertThat(pooled.<Long>getAs("count")).isEqualTo(windows);
  }

  @Test
  @Tag("long")
  void tellsTheFoldsOfOneNetworkApart() {
    RunSpec run =
        settings(
            "once", List.of("split.folds=3", "split.minContext=168", "backtest.baselines=[naive]"));
    GenerateFlow.run(SharedSession.get(), run.generate(), folder.resolve("once").toString());
    Path observations = folder.resolve("once/late");
    beginLate(SharedSession.get(), folder.resolve("once/observations"), observations);
    RunSpec from = run.withSource("parquet", observations.toString());
    BacktestFlow.Outcome<Comparison> done =
        BacktestFlow.forecasts(SharedSession.get(), from, new StageClock(Progress.SILENT));
    assertThat(done.folds())
        .hasSize(3)
        .allSatisfy(
            fold ->
                assertThat(fold.subject().pooled().points().mase().count())
                    .isEqualTo(run.generate().series()));
    assertThat(figures(done.folds().get(0))).isNotEqualTo(figures(done.folds().get(1)));
    PointErrors unseen = done.together().subject().byGroup().get(WindowStratum.UNSEEN);
    assertThat(unseen.mase().count()).isEqualTo(3);
  }

  /**
   * Of one series only the last 250 steps stay: it has training windows before the newest origin,
   * but none before the oldest, for which the network was trained.
   */
  private static void beginLate(SparkSession spark, Path from, Path to) {
    Dataset<Row> rows = spark.read().parquet(from.toString());
    Row ends = rows.selectExpr("max(timestamp)", "min(series_id)").first();
    rows.where(
            functions
                .col("series_id")
                .notEqual(ends.get(1))
                .or(
                    functions
                        .col("timestamp")
                        .gt(
                            functions
                                .lit(ends.get(0))
                                .minus(functions.expr("interval 250 hours")))))
        .write()
        .parquet(to.toString());
  }

  private static Comparison backtest(RunSpec run, Path observations) {
    return BacktestFlow.forecasts(
            SharedSession.get(),
            run.withSource("parquet", observations.toString()),
            new StageClock(Progress.SILENT))
        .together();
  }

  private static List<Metric> figures(Comparison comparison) {
    List<Metric> all = new ArrayList<>();
    comparison.models().forEach(model -> all.addAll(model.pooled().metrics()));
    return all;
  }

  /** The last day of every series becomes a thousand times what it was. */
  private static void poison(SparkSession spark, Path from, Path to) {
    Dataset<Row> rows = spark.read().parquet(from.toString());
    Object end = rows.agg(functions.max("timestamp")).first().get(0);
    rows.withColumn(
            "load",
            functions
                .when(
                    functions
                        .col("timestamp")
                        .gt(functions.lit(end).minus(functions.expr("interval 24 hours"))),
                    functions.col("load").multiply(1000))
                .otherwise(functions.col("load")))
        .write()
        .parquet(to.toString());
  }

  private RunSpec settings(String name, List<String> more) {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/energy.conf");
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder.resolve(name + "-out"),
                "generate.series=4",
                "generate.steps=700",
                "generate.ahead=0",
                "window.contextLength=168",
                "window.horizon=" + HORIZON,
                "training.steps=10",
                "training.shards=2"));
    words.addAll(more);
    return RunFile.read(Optional.of(file), words).spec();
  }
}
