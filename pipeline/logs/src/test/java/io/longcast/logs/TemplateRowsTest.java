package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.logs.template.Template;
import io.longcast.testing.SharedSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Templates as a person edits them. */
class TemplateRowsTest {
  private static final List<Template> LEARNED =
      List.of(
          new Template("read <*>", 9), new Template("sent fast", 4), new Template("sent slow", 3));

  private final SparkSession spark = SharedSession.get();

  @Test
  void comeBackAsTheyWere() {
    assertThat(TemplateRows.read(TemplateRows.of(spark, LEARNED, "m"))).isEqualTo(LEARNED);
  }

  @Test
  void rowsEditedToTheSameTextAreOneTemplate() {
    Dataset<Row> edited =
        TemplateRows.of(spark, LEARNED, "m")
            .withColumn(
                "template",
                functions.regexp_replace(functions.col("template"), "fast|slow", "<*>"));
    assertThat(TemplateRows.read(edited))
        .containsExactly(new Template("read <*>", 9), new Template("sent <*>", 7));
  }

  @Test
  void thoseOfSeveralModelsAreRefused() {
    Dataset<Row> both =
        TemplateRows.of(spark, LEARNED, "m").union(TemplateRows.of(spark, LEARNED, "n"));
    assertThatThrownBy(() -> TemplateRows.read(both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keep the rows of one model_id")
        .hasMessageContaining("logs.templatesFrom");
  }
}
