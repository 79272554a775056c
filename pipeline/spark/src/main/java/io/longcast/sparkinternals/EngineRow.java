package io.longcast.sparkinternals;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row in Spark SQL's own format, which needs no conversion: texts are {@link UTF8String}, times
 * microseconds since 1970, dates days since 1970. A row that {@link EngineRows#of} hands out, and
 * its texts, are valid until the next one.
 */
public final class EngineRow {
  private InternalRow row;

  EngineRow() {}

  /**
   * A new row.
   *
   * @param columns in the order of the schema; null where a column has no value
   */
  public static EngineRow of(Object... columns) {
    EngineRow made = new EngineRow();
    made.row = new GenericInternalRow(columns);
    return made;
  }

  /** The value of a struct column, its fields in order. */
  public static Object struct(Object... fields) {
    return new GenericInternalRow(fields);
  }

  /** The value of an array column. */
  public static Object array(Object... elements) {
    return new GenericArrayData(elements);
  }

  EngineRow at(InternalRow current) {
    row = current;
    return this;
  }

  InternalRow row() {
    return row;
  }

  /** Whether a column has no value; the methods below require one. */
  public boolean isNullAt(int column) {
    return row.isNullAt(column);
  }

  public boolean getBoolean(int column) {
    return row.getBoolean(column);
  }

  public long getLong(int column) {
    return row.getLong(column);
  }

  public double getDouble(int column) {
    return row.getDouble(column);
  }

  public byte[] getBinary(int column) {
    return row.getBinary(column);
  }

  public UTF8String getText(int column) {
    return row.getUTF8String(column);
  }
}
