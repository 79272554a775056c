package io.longcast.sparkinternals;

import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.Command;

/** Spark's SQL parser, for checks that need no session. */
public final class EngineSql {
  private EngineSql() {}

  /**
   * Whether a text is a query rather than a command.
   *
   * @throws IllegalArgumentException if it cannot be parsed, with the parser's message
   */
  public static boolean isQuery(String text) {
    try {
      return !(CatalystSqlParser$.MODULE$.parsePlan(text) instanceof Command);
    } catch (Exception broken) {
      // Scala does not declare what it throws: a ParseException.
      throw new IllegalArgumentException(broken.getMessage(), broken);
    }
  }
}
