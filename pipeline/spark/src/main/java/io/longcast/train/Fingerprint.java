package io.longcast.train;

import io.longcast.series.Segment;
import io.longcast.series.SeriesValues;
import io.longcast.train.round.Seeds;

/** A hash over segments, in order: identity, place in time, values, observed bits, categories. */
final class Fingerprint {
  private long hash;

  void add(Segment segment, int channels) {
    for (int i = 0; i < segment.seriesId().length(); i++) {
      mix(segment.seriesId().charAt(i));
    }
    mix(segment.seriesStep());
    mix(segment.seriesLength());
    mix(segment.originFrom());
    mix(segment.originTo());
    segment.axis().instant(0).ifPresent(start -> mix(start.getEpochSecond()));
    for (int row = 0; row < segment.rows(); row++) {
      mixAll(segment.row(row));
    }
    for (int channel = 0; channel < channels; channel++) {
      mixAll(segment.observed(channel));
    }
    for (int code : segment.statics()) {
      mix(code);
    }
  }

  private void mixAll(SeriesValues values) {
    mix(values.length());
    long running = hash;
    for (int step = 0; step < values.length(); step++) {
      running = (running ^ values.bits(step)) * 0x9e3779b97f4a7c15L;
      running ^= running >>> 29;
    }
    hash = running;
  }

  private void mixAll(long[] bits) {
    mix(bits == null ? -1 : bits.length);
    for (int i = 0; bits != null && i < bits.length; i++) {
      mix(bits[i]);
    }
  }

  private void mix(long value) {
    hash = Seeds.mix(hash ^ value);
  }

  long value() {
    return hash;
  }
}
