package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.ClassComparison;
import io.longcast.config.RunSpec;
import io.longcast.evaluate.Metric;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rolling origins of classifiers; what comes after the origin is poisoned, labels too. */
@Tag("long")
class ClassBacktestIT {
  private static final Column ONE_DAY = functions.expr("interval 24 hours");
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  /** A label a step, one network for all folds. */
  @Test
  void nothingAfterTheOriginChangesAnythingBeforeIt() {
    String[] few = {"split.folds=2", "training.steps=10", "generate.series=4"};
    RunSpec known = new ClassRuns(folder).coded(few);
    String honest = known.source().paths().get(0);
    String poisoned = poison(honest);
    String[] held = {few[0], few[1], few[2], "split.holdoutSteps=24"};
    RunSpec before = new ClassRuns(folder).coded(held);

    List<Metric> figures = figures(backtest(before.withSource("parquet", honest)));
    assertThat(figures(backtest(before.withSource("parquet", poisoned)))).isEqualTo(figures);
    assertThat(figures(backtest(known.withSource("parquet", poisoned)))).isNotEqualTo(figures);
  }

  /** The newest step of each window, a network for each of three periods of 80 hours. */
  @Test
  void trainsAnewAtEveryOriginWhenAsked() {
    RunSpec run =
        new ClassRuns(folder)
            .coded(
                "model.shape=many-to-one",
                "window.horizon=1",
                "split.folds=240",
                "backtest.refit=true",
                "backtest.folds=3");
    BacktestFlow.Outcome<ClassComparison> done = backtest(run);
    assertThat(done.folds())
        .hasSize(3)
        .allSatisfy(fold -> assertThat(fold.found().counts().total()).isEqualTo(10L * 80));
    assertThat(done.together().found().counts().total()).isEqualTo(10L * 240);
    assertThat(done.together().found().metric("accuracy").value()).isGreaterThan(.75);
    assertThat(done.together().majority().metric("accuracy").value()).isLessThan(.6);
    assertThat(done.skills()).allSatisfy(skill -> assertThat(skill.interval().isBetter()).isTrue());
    assertTables(run);
  }

  /** Each series in each fold, each class, and the skills. */
  private void assertTables(RunSpec run) {
    Dataset<Row> detail = spark.read().parquet(run.output().table("backtest"));
    assertThat(
            detail
                .where("metric = 'macro_f1' and series_id is not null and fold is not null")
                .where("channel = 'code'")
                .count())
        .isEqualTo(2L * 10 * 3);
    assertThat(detail.where("against = 'majority-class'").select("metric").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "macro_f1_skill",
            "macro_f1_skill_lower",
            "macro_f1_skill_upper",
            "log_loss_skill",
            "log_loss_skill_lower",
            "log_loss_skill_upper");
    Dataset<Row> metrics = spark.read().parquet(run.output().table("metrics"));
    assertThat(metrics.where("metric = 'log_loss' and fold = 3").count()).isEqualTo(2);
    assertThat(metrics.where("metric = 'recall' and group in ('0', '1')").count()).isEqualTo(4);
  }

  private BacktestFlow.Outcome<ClassComparison> backtest(RunSpec run) {
    return BacktestFlow.classes(spark, run, new StageClock(Progress.SILENT));
  }

  private static List<Metric> figures(BacktestFlow.Outcome<ClassComparison> done) {
    List<Metric> all = new ArrayList<>();
    done.folds().forEach(fold -> fold.metrics().values().forEach(all::addAll));
    return all;
  }

  /** On the last day every value is a thousand times what it was, every label the other one. */
  private String poison(String observations) {
    Dataset<Row> rows = spark.read().parquet(observations);
    Object end = rows.agg(functions.max("timestamp")).first().get(0);
    Column last = functions.col("timestamp").gt(functions.lit(end).minus(ONE_DAY));
    String poisoned = folder.resolve("poisoned").toString();
    rows.withColumn("temperature", poisoned(last, "temperature", "1000 * temperature"))
        .withColumn("code", poisoned(last, "code", "1 - code"))
        .write()
        .parquet(poisoned);
    return poisoned;
  }

  private static Column poisoned(Column last, String column, String poison) {
    return functions.when(last, functions.expr(poison)).otherwise(functions.col(column));
  }
}
