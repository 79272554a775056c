package io.longcast.read.file;

import io.longcast.table.SnapshotFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The columns that the folders {@code column=value} above a file are.
 *
 * @param columns their names from the outermost in
 * @param base the folder above the outermost; null where there is none
 * @param isSnapshot whether the folder of a write is among them, which is no column
 */
public record Partitions(List<String> columns, Path base, boolean isSnapshot) {
  private static final Partitions NONE = new Partitions(List.of(), null, false);

  /** The columns of a file; as Spark does, folders of another kind below them are passed over. */
  static Partitions of(Path file, SourceFiles.Root root) {
    List<String> columns = new ArrayList<>();
    Path at = file.getParent();
    boolean below = !file.equals(root.path());
    while (at != null) {
      boolean partition = isPartition(at);
      below &= !at.equals(root.path());
      if (partition) {
        columns.add(at.getName().substring(0, at.getName().indexOf('=')));
      } else if (!columns.isEmpty() || !below) {
        break;
      }
      at = at.getParent();
    }
    if (columns.isEmpty()) {
      return NONE;
    }
    Collections.reverse(columns);
    boolean snapshot = root.isSnapshot() && columns.remove(SnapshotFiles.WRITE);
    return new Partitions(List.copyOf(columns), at, snapshot);
  }

  static boolean isPartition(Path folder) {
    return folder.getName().indexOf('=') > 0;
  }
}
