package io.longcast.logs;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import scala.Tuple2;

/** The most frequent sessions first, then by their keys. */
final class SessionOrder implements Comparator<Tuple2<List<Integer>, Long>>, Serializable {
  private static final long serialVersionUID = 1L;
  static final SessionOrder MOST_FREQUENT = new SessionOrder();

  @Override
  public int compare(Tuple2<List<Integer>, Long> a, Tuple2<List<Integer>, Long> b) {
    int byCount = Long.compare(b._2(), a._2());
    return byCount != 0 ? byCount : keys(a._1(), b._1());
  }

  private static int keys(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Integer.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
