package io.longcast.anomaly;

import io.longcast.anomaly.score.TailModel;
import java.util.List;

/**
 * A calibration, or as much of it as is fitted, made fast: one a task.
 *
 * @param parts of the parts' scores; empty while these are being fitted
 * @param channels of the channels' surprisals; empty while these are being fitted
 */
record ScoreTables(SurprisalTable[] parts, SurprisalTable[] channels) {

  static ScoreTables of(List<TailModel> parts, List<TailModel> channels) {
    return new ScoreTables(tables(parts), tables(channels));
  }

  private static SurprisalTable[] tables(List<TailModel> tails) {
    return tails.stream().map(SurprisalTable::new).toArray(SurprisalTable[]::new);
  }
}
