package io.longcast.anomaly;

import io.longcast.anomaly.score.TailModel;
import java.util.List;

/**
 * A calibration, or as much of it as is fitted, made fast: one a task.
 *
 * @param parts of the parts' scores; empty while these are being fitted
 * @param channels of the channels' surprises; empty while these are being fitted
 */
record ScoreTables(SurpriseTable[] parts, SurpriseTable[] channels) {

  static ScoreTables of(List<TailModel> parts, List<TailModel> channels) {
    return new ScoreTables(tables(parts), tables(channels));
  }

  private static SurpriseTable[] tables(List<TailModel> tails) {
    return tails.stream().map(SurpriseTable::new).toArray(SurpriseTable[]::new);
  }
}
