package io.longcast.sparkinternals;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.encoders.RowEncoder;
import org.apache.spark.sql.types.StructType;

/** Encoders of rows. */
public final class EngineEncoders {
  private EngineEncoders() {}

  /**
   * An encoder that takes times and dates of {@code java.sql} and of {@code java.time}, whatever
   * the session prefers.
   */
  public static Encoder<Row> ofAnyTime(StructType schema) {
    return ExpressionEncoder.apply(RowEncoder.encoderFor(schema, true));
  }
}
