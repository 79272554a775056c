package io.longcast.write;

/** How the rows of a write come into files. */
public enum FileLayout {
  /** One shuffle brings the rows of a table partition together and sizes the files. */
  SIZED,
  /**
   * Each task writes what it makes: no shuffle, a file a task and table partition, cut where it
   * would grow beyond the target size. For rows that are many in every task.
   */
  BY_TASK
}
