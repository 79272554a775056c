package io.longcast.train;

import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * When the state of a run is saved: section {@code training.checkpoint}. A killed driver loses what
 * came after the last checkpoint, and resuming gives the bits that the undisturbed run gives.
 *
 * @param directory on any Hadoop file system; absent: no checkpoints. Default: absent (the command
 *     line puts it under the output folder)
 * @param everyRounds rounds between two checkpoints, 0 for none by count. Default 50
 * @param every time after which a checkpoint is due at the end of the round, 0 for none by time.
 *     Default 5 minutes
 * @param retained newest checkpoints that are kept, at least 1. Default 2
 */
public record CheckpointSpec(
    Optional<String> directory, int everyRounds, Duration every, int retained)
    implements Serializable {

  public CheckpointSpec {
    SettingChecks.atLeast(everyRounds, 0, "training.checkpoint.everyRounds");
    SettingChecks.atLeast(retained, 1, "training.checkpoint.retained");
    SettingChecks.require(!every.isNegative(), "training.checkpoint.every", ">= 0", every);
  }

  /** The same in a folder below the directory, if there is one. */
  CheckpointSpec below(String folder) {
    return new CheckpointSpec(
        directory.map(above -> above + "/" + folder), everyRounds, every, retained);
  }
}
