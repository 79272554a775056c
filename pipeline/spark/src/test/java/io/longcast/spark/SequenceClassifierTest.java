package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.table.ClassesTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceClassifierTest {
  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  @Test
  @Tag("long")
  void learnsALabelOfEachStepAndServesRowsWithoutIt() throws Exception {
    Dataset<Row> labelled =
        Meters.rows(spark, 3).selectExpr("*", "cast(load > 17 as double) as high");
    SequenceClassifierModel model =
        new SequenceClassifier()
            .setSeriesCols("meter_id")
            .setTimestampCol("ts")
            .setTargetCols("load")
            .setLabelCol("high")
            .setFrequency("1h")
            .setContextLength(24)
            .set("split.folds", 24)
            .set("model.hiddenSize", 8)
            .set("training.steps", 150)
            .fit(labelled);
    assertThat(model.classes()).containsExactly("0", "1");
    assertThat(model.summary().comparison().columns()).contains("accuracy");
    Dataset<Row> classes = model.transform(labelled.drop("high"));
    ClassesTable.TABLE.requireConforms(classes.schema());
    assertThat(classes.where("status = 'ok'").count()).isGreaterThan(3L * Meters.STEPS / 2);

    String path = folder.resolve("classifier").toString();
    model.save(path);
    List<Row> again =
        SequenceClassifierModel.load(path)
            .transform(labelled.drop("high"))
            .orderBy("series_id", "timestamp")
            .collectAsList();
    assertThat(again).isEqualTo(classes.orderBy("series_id", "timestamp").collectAsList());
  }
}
