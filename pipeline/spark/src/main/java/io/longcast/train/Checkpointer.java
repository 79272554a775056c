package io.longcast.train;

import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of one run: when they are due, and whether one may be resumed from. Holds the
 * lock of their folder, so that two trainings into one folder take turns.
 */
final class Checkpointer implements AutoCloseable {
  private final CheckpointSpec spec;
  private final TrainingProgress progress;
  private final Map<String, String> identity;
  private final Optional<CheckpointStore> store;
  private final Optional<WriterLock> lock;
  private long lastNanos = System.nanoTime();

  Checkpointer(Trainer trainer, Map<String, String> identity) {
    spec = trainer.spec().checkpoint();
    progress = trainer.progress();
    this.identity = identity;
    Configuration hadoop = trainer.context().hadoopConfiguration();
    lock = spec.directory().map(Path::new).map(folder -> lock(folder, hadoop));
    store = spec.directory().map(folder -> new CheckpointStore(folder, spec.retained(), hadoop));
  }

  private static WriterLock lock(Path folder, Configuration hadoop) {
    return WriterLock.take(FolderSystem.of(hadoop, folder), folder, WriterLock.PATIENCE);
  }

  /** Deletes older checkpoints, for a run from the start. */
  Optional<TrainingState> fresh() {
    store.ifPresent(CheckpointStore::clear);
    return Optional.empty();
  }

  /** The newest checkpoint's state, if there is one and it is of this run. */
  Optional<TrainingState> resumed() {
    Optional<CheckpointStore.Saved> saved = store.flatMap(CheckpointStore::newest);
    saved.ifPresent(this::requireSameRun);
    if (store.isPresent() && saved.isEmpty()) {
      progress.event("no complete checkpoint to resume from; starting from the beginning");
    }
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
      lock.ifPresent(WriterLock::requireHeld);
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

  @Override
  public void close() {
    lock.ifPresent(WriterLock::close);
  }
}
