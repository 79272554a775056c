package io.longcast.sparkinternals;

import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/** Tables from and to rows in Spark SQL's own format; nothing is converted, no job is run. */
public final class EngineRows {
  private EngineRows() {}

  /** The rows of a table; a task has one row object, which moves from row to row. */
  public static JavaRDD<EngineRow> of(Dataset<Row> table) {
    return ClassicSql.execution(table)
        .toRdd()
        .toJavaRDD()
        .mapPartitions(
            rows -> {
              EngineRow current = new EngineRow();
              return new Mapped<>(rows, current::at);
            });
  }

  /**
   * A table of rows.
   *
   * @param schema that the rows conform to, which is not checked
   */
  public static Dataset<Row> table(SparkSession spark, JavaRDD<EngineRow> rows, StructType schema) {
    JavaRDD<InternalRow> plain = rows.mapPartitions(part -> new Mapped<>(part, EngineRow::row));
    return ClassicSql.table(spark, plain.rdd(), schema);
  }

  /** Turns rows in Spark's own format into ordinary ones. */
  public static Function<EngineRow, Row> ordinary(StructType schema) {
    Function1<Object, Object> convert = CatalystTypeConverters.createToScalaConverter(schema);
    return row -> (Row) convert.apply(row.row());
  }

  private record Mapped<A, B>(Iterator<A> from, Function<A, B> map) implements Iterator<B> {
    @Override
    public boolean hasNext() {
      return from.hasNext();
    }

    @Override
    public B next() {
      return map.apply(from.next());
    }
  }
}
