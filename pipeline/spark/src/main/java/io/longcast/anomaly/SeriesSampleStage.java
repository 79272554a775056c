package io.longcast.anomaly;

import io.longcast.series.Segment;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/** A sample of the series: those with the smallest hashes, in whatever order they come. */
final class SeriesSampleStage {
  /** Orders ids by a hash, equal ones by their letters. */
  static final Comparator<String> BY_HASH = new ByHash();

  private SeriesSampleStage() {}

  /** Ids of at most {@code most} series. One job. */
  static Set<String> ids(JavaRDD<Segment> segments, int most) {
    return new HashSet<>(segments.map(Segment::seriesId).takeOrdered(most, BY_HASH));
  }

  private static final class ByHash implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(String one, String other) {
      int order = Integer.compare(hash(one), hash(other));
      return order != 0 ? order : one.compareTo(other);
    }

    private static int hash(String id) {
      return id.hashCode() * 0x9E3779B9;
    }
  }
}
