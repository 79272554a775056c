package io.longcast.flow;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.anomaly.LabelledThreshold;
import io.longcast.config.InvalidSettingsException;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A threshold chosen by labels, from the labels of a fleet to the rows of its anomalies. */
@Tag("long")
@Tag("once")
class LabelledThresholdIT {
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private final StageClock clock = new StageClock(Progress.SILENT);

  private RunSpec settings(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder.resolve("out"),
                "generate.series=12",
                "generate.steps=1200",
                "generate.faultEvery=200",
                "generate.dirty=0",
                "training.steps=20",
                "training.shards=2",
                "training.refit=false",
                "backtest.gate=off",
                "anomaly.stride=12"));
    words.addAll(List.of(more));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    return RunFile.read(Optional.of(file), words).spec();
  }

  @Test
  void isChosenByTrainingKeptInTheBundleAndUsedByDetection() throws IOException {
    String labels = "labels.intervals=[\"" + folder.resolve("data/labels") + "\"]";
    RunSpec run = settings("anomaly.threshold.by=labels", labels);
    GenerateFlow.Written written =
        GenerateFlow.run(spark, run.generate(), folder.resolve("data").toString());
    assertThat(written.labels()).isEqualTo(folder.resolve("data/labels").toString());
    RunSpec whole = run.withSource(written.format(), written.observations());
    ServedModel model = TrainFlow.run(spark, whole, false, clock).model();
    LabelledThreshold chosen = model.state().labelled().orElseThrow();
    assertThat(chosen.series()).isEqualTo(12);
    assertThat(chosen.anomalies()).isGreaterThan(20);
    assertThat(chosen.folds()).hasSize(5);
    assertThat(chosen.heldOutF1()).isBetween(.6, chosen.eventF1() + .05);

    JsonNode manifest =
        new ObjectMapper().readTree(new ModelStore(spark, whole).manifest(model.id()));
    JsonNode kept = manifest.at("/metrics/threshold by labels");
    assertThat(kept.get("event_f1_held_out").asDouble()).isEqualTo(chosen.heldOutF1());
    assertThat(kept.get("event_f1_held_out_deviation").asDouble()).isEqualTo(chosen.deviation());
    assertThat(kept.get("fold_5_threshold_surprisal").asDouble())
        .isEqualTo(chosen.folds().get(4).surprisal());

    ServedModel loaded = new ModelStore(spark, whole).load(model.id());
    assertThat(loaded.state().labelled()).contains(chosen);
    DetectFlow.run(spark, whole, loaded, clock);
    assertThat(thresholds())
        .singleElement()
        .satisfies(used -> assertThat(used).isCloseTo(chosen.score(), within(1e-6)));

    LabelledThreshold byColumn = train(withLabelColumn(written));
    assertThat(byColumn).isEqualTo(chosen);
  }

  private List<Double> thresholds() {
    return table("anomalies").select("threshold").distinct().collectAsList().stream()
        .map(row -> row.getDouble(0))
        .toList();
  }

  private Dataset<Row> table(String name) {
    return spark.read().parquet(folder.resolve("out").resolve(name).toString());
  }

  private LabelledThreshold train(String observations) {
    RunSpec run =
        settings("anomaly.threshold.by=labels", "labels.column=broken")
            .withSource("parquet", observations);
    return TrainFlow.run(spark, run, false, clock).model().state().labelled().orElseThrow();
  }

  /** The observations with a column that is 1 where an interval covers the row. */
  private String withLabelColumn(GenerateFlow.Written written) {
    Dataset<Row> rows = spark.read().parquet(written.observations()).as("o");
    Dataset<Row> labels = spark.read().parquet(written.labels()).as("l");
    String inside = "o.series_id = l.series_id and o.timestamp >= l.start and o.timestamp < l.end";
    String path = folder.resolve("with-column").toString();
    rows.join(broadcast(labels), expr(inside), "left")
        .groupBy(col("o.series_id"), col("o.timestamp"))
        .agg(max(when(col("l.start").isNotNull(), 1.0).otherwise(0.0)).as("broken"))
        .join(spark.read().parquet(written.observations()), new String[] {"series_id", "timestamp"})
        .write()
        .parquet(path);
    return path;
  }

  @Test
  void refusesToChooseWithoutLabelsAndToUseWhatWasNotChosen() {
    RunSpec none = settings("anomaly.threshold.by=labels");
    GenerateFlow.Written written =
        GenerateFlow.run(spark, none.generate().withFaults(0), folder.resolve("quiet").toString());
    RunSpec unlabelled = none.withSource(written.format(), written.observations());
    assertThatThrownBy(() -> TrainFlow.run(spark, unlabelled, false, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels.intervals")
        .hasMessageContaining("anomaly.threshold.by = budget");
    RunSpec budget = settings().withSource(written.format(), written.observations());
    ServedModel model = TrainFlow.run(spark, budget, false, clock).model();
    assertThatThrownBy(() -> DetectFlow.run(spark, unlabelled, model, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(model.id())
        .hasMessageContaining("anomaly.threshold.by = labels");
    assertThatThrownBy(() -> settings("labels.column=broken"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("anomaly.threshold.by");
  }
}
