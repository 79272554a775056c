package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.report.Progress;
import io.longcast.table.ClassesTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers from their run files: generate, train, label; intervals, and a column of codes. */
class ClassFlowIT {
  @TempDir Path folder;

  @Test
  void labelsTheAttackOfEachWindow() {
    RunSpec run =
        run(
            "attacks",
            "generate.series=12",
            "generate.steps=1008",
            "training.steps=150",
            "training.shards=2",
            "training.refit=false");
    ClassTrainFlow.Outcome trained = trained(run);
    assertThat(trained.comparison().subjectWins()).isTrue();
    assertThat(trained.promoted()).isTrue();
    assertThat(trained.model().state().classes().get(0)).isEqualTo("normal");
    assertThat(trained.model().state().classes()).hasSize(6).isEqualTo(sorted(trained));
    Dataset<Row> classes = labelled(run, trained.model());
    assertThat(classes.count()).isEqualTo(12L * 1006);
    assertThat(classes.select(ClassesTable.CLASS).distinct().count()).isGreaterThan(1);
    assertThat(unsure(classes)).isZero();
  }

  /** Kinds in the order of their letters behind the normal class. */
  private static List<String> sorted(ClassTrainFlow.Outcome trained) {
    List<String> kinds = new ArrayList<>(trained.model().state().classes());
    kinds.subList(1, kinds.size()).sort(null);
    return kinds;
  }

  @Test
  void labelsEachStepFromAColumnOfCodes() {
    SparkSession spark = SharedSession.get();
    RunSpec run =
        run(
            "faults",
            "generate.series=10",
            "generate.steps=720",
            "training.steps=40",
            "training.shards=2",
            "training.refit=false",
            "labels.intervals=[]",
            "labels.column=code");
    String plain = run.source().paths().get(0);
    String coded = folder.resolve("coded").toString();
    spark
        .read()
        .parquet(plain)
        .withColumn("code", functions.expr("cast(hour(timestamp) >= 12 as double)"))
        .write()
        .parquet(coded);
    ClassTrainFlow.Outcome trained = trained(run.withSource("parquet", coded));
    double accuracy = trained.comparison().found().metric("accuracy").value();
    assertThat(accuracy).isGreaterThan(.8);
    assertThat(trained.comparison().majority().metric("accuracy").value()).isLessThan(.6);
    Dataset<Row> classes = labelled(run, trained.model());
    assertThat(classes.count()).isEqualTo(10L * (720 - 24));
    assertThat(unsure(classes)).isZero();
  }

  private static ClassTrainFlow.Outcome trained(RunSpec run) {
    return ClassTrainFlow.run(SharedSession.get(), run, false, new StageClock(Progress.SILENT));
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

  /** Rows whose probabilities do not add up to one, or that do not give the largest. */
  private static long unsure(Dataset<Row> classes) {
    return classes
        .where(
            "abs(aggregate(probabilities.probability, 0D, (a, p) -> a + p) - 1) > 1e-5"
                + " or probability < array_max(probabilities.probability)")
        .count();
  }

  private RunSpec run(String name, String... more) {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/" + name + ".conf");
    Path out = folder.resolve(name);
    List<String> words =
        new ArrayList<>(List.of("output.path=" + out, "labels.intervals=[\"" + out + "/labels\"]"));
    words.addAll(List.of(more));
    RunSpec run = RunFile.read(Optional.of(file), words).spec();
    GenerateFlow.Written written =
        GenerateFlow.run(SharedSession.get(), run.generate(), out.toString());
    return run.withSource(written.format(), written.observations());
  }
}
