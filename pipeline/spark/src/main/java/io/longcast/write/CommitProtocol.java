package io.longcast.write;

/** How a table changes from one state to the next. */
public enum CommitProtocol {
  /** By renames where the file system renames in one step, else by snapshots. */
  AUTO,
  /** A plain folder, swapped by renames. */
  RENAME,
  /** A list of files behind a pointer. */
  SNAPSHOT
}
