package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.ClassComparison;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.table.ClassesTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers from their run files: generate, train, label; intervals, and a column of codes. */
@Tag("long")
class ClassFlowIT {
  @TempDir Path folder;

  @Test
  void labelsTheNewestStepOfEachWindowFromAColumn() {
    RunSpec run = coded("model.shape=many-to-one", "window.horizon=1", "split.folds=240");
    TrainOutcome trained = trained(run);
    assertThat(classes(trained).subjectWins()).isTrue();
    assertThat(trained.promoted()).isTrue();
    assertLearned(trained);
    assertThat(labelled(run, trained.model()).count()).isEqualTo(10L * (720 - 1));
  }

  @Test
  @Tag("long")
  void labelsEachStepFromAColumn() {
    RunSpec run = coded();
    TrainOutcome trained = trained(run);
    assertLearned(trained);
    Dataset<Row> classes = labelled(run, trained.model());
    assertThat(classes.count()).isEqualTo(10L * (720 - 24));
    assertThat(unsure(classes)).isZero();
  }

  /** A label a step: which fault, on any of four channels. */
  @Test
  void tellsSensorFaultsApart() {
    assertTellsApart(
        run("faults", "generate.series=16", "training.steps=250", "training.refit=false"));
  }

  /** A label a window: which rhythm, by the shape of beats and the time between them. */
  @Test
  @Tag("long")
  void tellsRhythmsApart() {
    assertTellsApart(
        run("rhythm", "generate.series=16", "training.steps=500", "training.refit=false"));
  }

  private static void assertTellsApart(RunSpec run) {
    TrainOutcome trained = trained(run);
    double found = classes(trained).found().metric("macro_f1").value();
    double majority = classes(trained).majority().metric("macro_f1").value();
    assertThat(found).isGreaterThan(majority + .15);
    assertThat(trained.promoted()).isTrue();
  }

  @Test
  @Tag("long")
  void namesTheKindsOfLabelledIntervals() {
    RunSpec run = run("attacks", "generate.series=6", "generate.steps=1008", "training.steps=10");
    TrainOutcome trained = trained(run);
    assertThat(trained.model().state().classes())
        .containsExactly("normal", "brute-force", "exfiltration", "flood", "outage", "scan");
    assertThat(classes(trained).found().counts().labelled(0)).isLessThan(6L * 288);
    assertThat(unsure(labelled(run, trained.model()))).isZero();
  }

  /** Labels that nothing tells of: guessing beats the most frequent class in macro-F1 alone. */
  @Test
  @Tag("long")
  void keepsAModelThatOnlyGuessesFromLatest() {
    RunSpec run = coded("generate.series=4", "training.steps=60");
    RunSpec guessing =
        new ClassRuns(folder).withCodes(run, "cast(hash(timestamp) % 2 = 0 as double)");
    TrainOutcome trained = trained(guessing);
    assertThat(classes(trained).found().metric("accuracy").value()).isLessThan(.6);
    assertThat(trained.promoted()).isFalse();
    assertThat(new ModelStore(SharedSession.get(), guessing).promoted()).isEmpty();
  }

  @Test
  @Tag("long")
  void servesTheMembersOfAnEnsembleAsOneClassifier() {
    RunSpec run = coded("training.members=2", "training.steps=40");
    TrainOutcome trained = trained(run);
    assertLearned(trained);
    assertThat(new ModelStore(SharedSession.get(), run).latestBundle().files())
        .containsKeys("network.zip", "network-2.zip");
    Dataset<Row> classes = labelled(run, trained.model());
    assertThat(classes.count()).isEqualTo(10L * (720 - 24));
    assertThat(unsure(classes)).isZero();
  }

  private static void assertLearned(TrainOutcome trained) {
    assertThat(classes(trained).found().metric("accuracy").value()).isGreaterThan(.75);
    assertThat(classes(trained).majority().metric("accuracy").value()).isLessThan(.6);
  }

  private RunSpec coded(String... more) {
    return new ClassRuns(folder).coded(more);
  }

  private RunSpec run(String name, String... more) {
    return new ClassRuns(folder).of(name, more);
  }

  private static ClassComparison classes(TrainOutcome trained) {
    return (ClassComparison) trained.evaluation();
  }

  private static TrainOutcome trained(RunSpec run) {
    return TrainFlow.run(SharedSession.get(), run, false, new StageClock(Progress.SILENT));
  }

  /** The table written for a source that knows no labels. */
  private Dataset<Row> labelled(RunSpec run, ServedModel model) {
    SparkSession spark = SharedSession.get();
    ClassifyFlow.run(spark, run, model, new StageClock(Progress.SILENT));
    return spark
        .read()
        .parquet(run.output().table(ClassesTable.TABLE.name()))
        .where("status = 'ok'");
  }

  /** Rows whose probabilities do not add up to one, or that give another than their class's. */
  private static long unsure(Dataset<Row> classes) {
    return classes
        .where(
            "abs(aggregate(probabilities.probability, 0D, (a, p) -> a + p) - 1) > 1e-5"
                + " or probability <> filter(probabilities, p -> p.class = class)[0].probability")
        .count();
  }
}
