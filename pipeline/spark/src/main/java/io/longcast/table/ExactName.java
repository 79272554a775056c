package io.longcast.table;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Column names as they stand, dots, blanks and back-ticks included. */
public final class ExactName {
  private ExactName() {}

  /** The column of a name. */
  public static Column column(String name) {
    return functions.col(sql(name));
  }

  /** A name as SQL wants it. */
  public static String sql(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
