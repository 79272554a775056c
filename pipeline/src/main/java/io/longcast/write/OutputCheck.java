package io.longcast.write;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/** Refuses an output before any work starts, and says why. */
final class OutputCheck {
  private final FolderSystem files;
  private final OutputSpec output;

  OutputCheck(FolderSystem files, OutputSpec output) {
    this.files = files;
    this.output = output;
  }

  /** A folder that cannot be renamed in one step cannot be swapped safely. */
  void requireSafe() {
    if (output.isDelta()) {
      TableFormat.requireDelta();
    } else if (output.publish() == Publish.RENAME && !files.hasAtomicRename()) {
      throw new IllegalArgumentException(
          "cannot swap tables by renames in %s: on %s a folder cannot be renamed in one step, so a"
                  .formatted(output.path(), files.scheme())
              + " killed run could leave half a table; choose output.publish = snapshot, or a path"
              + " on file or hdfs (key output.publish)");
    }
  }

  /** Writes and deletes a small file. */
  void requireWritable() {
    Path folder = new Path(output.path());
    Path probe = new Path(folder, ".probe-" + UUID.randomUUID());
    try {
      files.makeFolder(folder);
      files.write(probe, "longcast".getBytes(StandardCharsets.UTF_8));
      files.delete(probe);
    } catch (UncheckedIOException failure) {
      throw new IllegalArgumentException(
          "cannot write to %s: %s (key output.path)"
              .formatted(output.path(), failure.getCause().getMessage()),
          failure);
    }
  }
}
