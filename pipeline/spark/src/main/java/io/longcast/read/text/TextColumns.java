package io.longcast.read.text;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns that the text formats add to those of a file. */
public final class TextColumns {
  /** The text of the record as it stood in the file. */
  public static final String RECORD = "_raw_record";

  /** Why the record cannot be read; null for a good one. */
  public static final String PROBLEM = "_record_problem";

  private TextColumns() {}

  /** The schema of files with these columns, all text. */
  public static StructType schema(Iterable<String> names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType, true);
    }
    return schema.add(RECORD, DataTypes.StringType, true).add(PROBLEM, DataTypes.StringType, true);
  }
}
