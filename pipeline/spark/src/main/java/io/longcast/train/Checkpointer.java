package io.longcast.train;

import java.util.Map;
import java.util.Optional;

/** The checkpoints of one run: when they are due, and whether one may be gone on from. */
final class Checkpointer {
  private final CheckpointSpec spec;
  private final TrainingProgress progress;
  private final Map<String, String> identity;
  private final Optional<CheckpointStore> store;
  private long lastNanos = System.nanoTime();

  Checkpointer(Trainer trainer, Map<String, String> identity) {
    spec = trainer.spec().checkpoint();
    progress = trainer.progress();
    this.identity = identity;
    store =
        spec.directory()
            .map(
                folder ->
                    new CheckpointStore(
                        folder, spec.retained(), trainer.context().hadoopConfiguration()));
  }

  /** Makes room for a run from the start. */
  Optional<TrainingState> fresh() {
    store.ifPresent(CheckpointStore::clear);
    return Optional.empty();
  }

  /** The newest checkpoint's state, if there is one and it is of this run. */
  Optional<TrainingState> resumed() {
    Optional<CheckpointStore.Saved> saved = store.flatMap(CheckpointStore::newest);
    saved.ifPresent(this::requireSameRun);
    saved.ifPresent(one -> progress.event("resumed from " + one.path()));
    return saved.map(CheckpointStore.Saved::state);
  }

  private void requireSameRun(CheckpointStore.Saved saved) {
    String differences = Settings.differences(saved.identity(), identity);
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "cannot resume from "
              + saved.path()
              + ": "
              + differences
              + ". Resume with what the run was started with, or start it afresh");
    }
  }

  void afterRound(TrainingState state, boolean atEnd) {
    if (store.isPresent() && (atEnd || isDue(state.cursor().round()))) {
      store.get().save(state, identity);
      lastNanos = System.nanoTime();
      progress.event("checkpoint after round " + state.cursor().round());
    }
  }

  private boolean isDue(long round) {
    boolean byCount = spec.everyRounds() > 0 && round % spec.everyRounds() == 0;
    boolean byTime =
        !spec.every().isZero() && System.nanoTime() - lastNanos >= spec.every().toNanos();
    return byCount || byTime;
  }
}
