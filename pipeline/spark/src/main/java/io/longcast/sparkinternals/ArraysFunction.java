package io.longcast.sparkinternals;

import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import scala.collection.Seq;

/** A function of three arrays of a row, which Spark hands over as collections of Scala. */
public abstract class ArraysFunction implements UDF3<Seq<Object>, Seq<Object>, Seq<Object>, Row> {
  private static final long serialVersionUID = 1L;

  @Override
  public final Row call(Seq<Object> first, Seq<Object> second, Seq<Object> third) {
    return of(List.of(i -> first.apply(i), i -> second.apply(i), i -> third.apply(i)));
  }

  /**
   * The function's value.
   *
   * @param arrays the element of each array at an index; one that is null has no elements
   */
  protected abstract Row of(List<IntFunction<Object>> arrays);
}
