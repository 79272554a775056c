package io.longcast.clean;

import java.io.Serializable;

/**
 * What became of one series.
 *
 * @param kind regular, constant, short, empty, all-missing or too-long
 * @param kept whether it goes on
 * @param reason why it does not, or what is odd about it; null for a regular series
 */
record SeriesFate(String kind, boolean kept, String reason) implements Serializable {
  static final SeriesFate REGULAR = new SeriesFate("regular", true, null);

  static SeriesFate of(String kind, CleanSpec.Fate fate, String reason) {
    return new SeriesFate(kind, fate == CleanSpec.Fate.KEEP, reason);
  }

  static SeriesFate dropped(String kind, String reason) {
    return new SeriesFate(kind, false, reason);
  }
}
