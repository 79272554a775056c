package io.longcast.sparkinternals;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import scala.math.BigInt;

/** What Spark SQL's parser and optimizer know of queries before they run. */
public final class EngineSql {
  private EngineSql() {}

  /**
   * Bytes of a table as the optimizer estimates them: of files their length, of rows at hand about
   * their size, of rows that a computation on RDDs yields the largest number.
   */
  public static long estimatedBytes(Dataset<?> table) {
    BigInt bytes = ClassicSql.execution(table).optimizedPlan().stats().sizeInBytes();
    return bytes.isValidLong() ? bytes.toLong() : Long.MAX_VALUE;
  }

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
