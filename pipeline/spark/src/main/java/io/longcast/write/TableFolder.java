package io.longcast.write;

import io.longcast.files.FolderSystem;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** Where the rows of one table lie, and how one state of it gives way to the next. */
interface TableFolder {
  /**
   * What Spark loads to read rows.
   *
   * @param base the folder below which names of folders are partitions
   * @param paths files, or folders of them; none where there are no rows
   */
  record Stored(Path base, List<Path> paths) {
    public Stored {
      paths = List.copyOf(paths);
    }
  }

  /**
   * The folder of a table in the manner of the settings.
   *
   * @param reached notified of each step of a change, for tests that crash there
   */
  static TableFolder at(
      FolderSystem files, Path folder, CommitProtocol publish, Consumer<SwapStep> reached) {
    return isSnapshot(files, publish)
        ? new SnapshotFolder(files, folder, reached)
        : new SwappedFolder(files, folder, reached);
  }

  /** True if tables are published by snapshots there. */
  static boolean isSnapshot(FolderSystem files, CommitProtocol publish) {
    return publish == CommitProtocol.SNAPSHOT
        || publish == CommitProtocol.AUTO && !files.hasAtomicRename();
  }

  /**
   * Changes nothing.
   *
   * @throws IllegalArgumentException if the table lies there in another manner
   */
  void requireManner();

  /**
   * Finishes or undoes what a killed writer left.
   *
   * @return whether a change was finished
   * @throws IllegalArgumentException if the table lies there in another manner
   */
  boolean settle();

  /** A free place for new rows. */
  Path staging();

  /** The partitions that hold rows, "" for a table without partitions. */
  List<String> partitions();

  /**
   * All rows as they stand.
   *
   * @throws IllegalStateException if a killed writer left the table half-way
   */
  Stored all();

  /** The rows of some of the partitions. */
  Stored of(List<String> partitions);

  /**
   * The partition of a file.
   *
   * @param file as {@code input_file_name} gives it
   */
  String partition(String file);

  /** Puts staged rows in place of all rows of some partitions, and keeps the others. */
  void publish(Path staging, List<String> partitions);

  /** Deletes staged rows that were not published and never will be. */
  void discard(Path staging);
}
