package io.longcast.flow;

import io.longcast.backtest.RetrainSpec;
import io.longcast.pipeline.DataSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a challenger is due, by the time of the data. */
final class RetrainRule {
  private RetrainRule() {}

  /**
   * The reasons, in words; empty: none is due.
   *
   * @param trained newest row of the newest training, promoted or not; empty where it is unknown
   * @param newest row at hand; empty where the data have no time
   * @param worse whether forecasts are worse than promised
   * @param drifted whether the data have drifted
   */
  static List<String> reasons(
      RetrainSpec spec,
      Optional<Instant> trained,
      Optional<Instant> newest,
      boolean worse,
      boolean drifted) {
    if (trained.isEmpty() || newest.isEmpty()) {
      return List.of();
    }
    Duration since = Duration.between(trained.get(), newest.get());
    List<String> reasons = new ArrayList<>();
    if (!spec.every().isZero() && since.compareTo(spec.every()) >= 0) {
      reasons.add("%d days of new data (retrain.every)".formatted(since.toDays()));
    }
    if (since.compareTo(spec.pause()) >= 0) {
      if (worse && spec.onAccuracy()) {
        reasons.add("loss of accuracy (retrain.onAccuracy)");
      }
      if (drifted && spec.onDrift()) {
        reasons.add("drift (retrain.onDrift)");
      }
    }
    return reasons;
  }

  /** Newest row that any model of a store was trained on. */
  static Optional<Instant> trained(ModelStore store) {
    return store.list().stream()
        .map(id -> DataSpan.of(store.manifestOf(id)))
        .flatMap(Optional::stream)
        .map(DataSpan::to)
        .max(Instant::compareTo);
  }
}
