package io.longcast.sparkinternals;

import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Spark's {@code xxhash64} of a text. */
public final class TextHash {
  /** The seed of Spark's function. */
  private static final long SEED = 42;

  private TextHash() {}

  /** The hash, equal to {@code xxhash64(text)} in SQL. */
  public static long of(UTF8String text) {
    return XxHash64Function.hash(text, DataTypes.StringType, SEED);
  }
}
