package io.longcast.logs;

import io.longcast.logs.table.TemplatesTable;
import io.longcast.logs.template.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Templates as the rows of a table that a person can edit, and back. */
public final class TemplateRows {
  private TemplateRows() {}

  /** The rows of templates. */
  public static Dataset<Row> of(SparkSession spark, List<Template> templates, String modelId) {
    return spark.createDataFrame(
        templates.stream()
            .map(
                template ->
                    RowFactory.create(template.id(), template.text(), template.count(), modelId))
            .toList(),
        TemplatesTable.SCHEMA);
  }

  /**
   * Templates of a table, in canonical order; their ids follow from their texts. Rows that were
   * edited to the same text are one template.
   *
   * @throws IllegalArgumentException if the table holds the templates of several models
   */
  public static List<Template> read(Dataset<Row> table) {
    if (table.select(TemplatesTable.MODEL_ID).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "the templates must be of one model, found several: keep the rows of one model_id (key"
              + " logs.templatesFrom)");
    }
    Map<String, Long> counts = new HashMap<>();
    for (Row row : TemplatesTable.TABLE.select(table).collectAsList()) {
      counts.merge(row.getString(1), row.isNullAt(2) ? 0 : row.getLong(2), Long::sum);
    }
    return counts.entrySet().stream()
        .map(count -> new Template(count.getKey(), count.getValue()))
        .sorted(Template.CANONICAL)
        .toList();
  }
}
