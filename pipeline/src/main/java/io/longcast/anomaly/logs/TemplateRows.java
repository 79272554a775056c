package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.template.Template;
import io.longcast.table.TemplatesTable;
import java.util.ArrayList;
import java.util.List;
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
   * Templates of a table, in canonical order; their ids follow from their texts.
   *
   * @throws IllegalArgumentException if the table holds the templates of several models
   */
  public static List<Template> read(Dataset<Row> table) {
    if (table.select(TemplatesTable.MODEL_ID).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "the templates must be of one model, found several: keep the rows of one model_id (key"
              + " logs.templatesFrom)");
    }
    List<Template> templates = new ArrayList<>();
    for (Row row : TemplatesTable.TABLE.select(table).collectAsList()) {
      templates.add(new Template(row.getString(1), row.isNullAt(2) ? 0 : row.getLong(2)));
    }
    templates.sort(Template.CANONICAL);
    return List.copyOf(templates);
  }
}
