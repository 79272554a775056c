package io.longcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.label.LabelStage;
import io.longcast.scale.Transform;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedConfigTest {
  @TempDir Path folder;

  /** Waves of 37 steps, all above zero; labels that repeat after 50 steps, without any noise. */
  @Test
  void labelsTakeNoPartInWhatIsChosenFromTheData() {
    SparkSession spark = SharedSession.get();
    String table = folder.resolve("labelled").toString();
    spark
        .range(6 * 900)
        .selectExpr("concat('series ', id div 900) as series_id", "id % 900 as step", "id")
        .selectExpr(
            "series_id",
            "timestamp_seconds(60 * step) as timestamp",
            "10 + sin(2 * pi() * step / 37) + .3 * (hash(id) % 100) / 100 as value",
            "cast(step % 50 < 5 as double) as code")
        .write()
        .parquet(table);
    RunSpec run = run(table).readingLabels();
    try (SeriesDataset data = SeriesDataset.read(spark, run, Optional.empty())) {
      LabelStage.Result labelled =
          LabelStage.label(spark, data.segments(), data.layout(), run.labels());
      ResolvedConfig plan = ResolvedConfig.of(run, data, labelled);
      assertThat(labelled.layout().channels()).containsExactly("value", "code");
      assertThat(plan.choices())
          .anyMatch(choice -> choice.reason().contains("values 37 steps apart"));
      assertThat(plan.season()).isEqualTo(37);
      assertThat(plan.spec().scaling().transform()).isEqualTo(Transform.LOG);
    }
  }

  private static RunSpec run(String table) {
    return RunFile.read(
            Optional.empty(),
            List.of(
                "name=labelled",
                "source.format=parquet",
                "source.paths=[\"" + table + "\"]",
                "source.series.columns=[series_id]",
                "source.time.column=timestamp",
                "source.valueColumns=[value]",
                "clean.grid=rows",
                "window.horizon=10",
                "model.shape=many-to-many",
                "model.output.loss=cross-entropy",
                "model.output.quantileLevels=[]",
                "labels.column=code"))
        .spec();
  }
}
