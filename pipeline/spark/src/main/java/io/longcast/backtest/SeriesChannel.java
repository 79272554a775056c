package io.longcast.backtest;

import java.io.Serializable;
import java.util.Comparator;

/**
 * One channel of one series, ordered by {@link #id()}: the order in which bootstraps resample.
 *
 * @param series id of the series
 * @param channel name of the channel
 */
record SeriesChannel(String series, String channel)
    implements Comparable<SeriesChannel>, Serializable {
  private static final Comparator<SeriesChannel> ORDER =
      Comparator.comparing(SeriesChannel::id).thenComparing(SeriesChannel::series);

  /** Series and channel as one text; not meant to be taken apart: either may hold a slash. */
  String id() {
    return series + "/" + channel;
  }

  @Override
  public int compareTo(SeriesChannel other) {
    return ORDER.compare(this, other);
  }
}
