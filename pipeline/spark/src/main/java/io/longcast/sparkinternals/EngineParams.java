package io.longcast.sparkinternals;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import scala.collection.Iterator;

/** Parameter maps of spark.ml as Java lists. */
public final class EngineParams {
  private EngineParams() {}

  /** What is set in a map, in no particular order. */
  public static List<ParamPair<?>> pairs(ParamMap params) {
    List<ParamPair<?>> all = new ArrayList<>();
    Iterator<ParamPair<?>> pairs = params.toSeq().iterator();
    while (pairs.hasNext()) {
      all.add(pairs.next());
    }
    return all;
  }
}
