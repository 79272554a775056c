package io.longcast.clean;

import java.io.Serializable;

/**
 * What became of one series.
 *
 * @param kind regular, constant, short, empty, all-missing or too-long
 * @param kept whether it is kept
 * @param reason why it is not, or a warning about it; null for a regular series
 */
record SeriesStatus(String kind, boolean kept, String reason) implements Serializable {
  static final SeriesStatus REGULAR = new SeriesStatus("regular", true, null);

  static SeriesStatus of(String kind, CleanSpec.Policy status, String reason) {
    return new SeriesStatus(kind, status == CleanSpec.Policy.KEEP, reason);
  }

  static SeriesStatus dropped(String kind, String reason) {
    return new SeriesStatus(kind, false, reason);
  }
}
