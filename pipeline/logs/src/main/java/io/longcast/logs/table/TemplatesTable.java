package io.longcast.logs.table;

import io.longcast.table.TableShape;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Templates of log lines. */
public final class TemplatesTable {
  /** Hash of the template's text. */
  public static final String TEMPLATE_ID = "template_id";

  /** The text, with a mark for each variable part. */
  public static final String TEMPLATE = "template";

  /** Lines that have this template. */
  public static final String COUNT = "count";

  /** The model that learned it. */
  public static final String MODEL_ID = "model_id";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(TEMPLATE_ID, DataTypes.StringType, true),
            DataTypes.createStructField(TEMPLATE, DataTypes.StringType, true),
            DataTypes.createStructField(COUNT, DataTypes.LongType, true),
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(TEMPLATE_ID, MODEL_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("templates", SCHEMA, KEY, PARTITIONS);

  private TemplatesTable() {}
}
