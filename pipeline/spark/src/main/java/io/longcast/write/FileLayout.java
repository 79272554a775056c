package io.longcast.write;

/** How the rows of a write come into files. */
public enum FileLayout {
  /** One shuffle brings the rows of a table partition together and sizes the files. */
  SIZED,
  /**
   * Each task writes what it makes: no shuffle, a file a task and table partition, cut where it
   * would grow beyond the target size. For rows that are many in every task.
   */
  BY_TASK,
  /** One task makes and writes all rows: no shuffle. For few rows that are quickly made. */
  ONE_TASK;

  private static final long FEW_ROWS = 100_000;
  private static final long FEW_INPUT_ROWS = 5_000_000;

  /**
   * The layout of rows that are quickly made.
   *
   * @param rows to write
   * @param input rows that they are made of
   */
  public static FileLayout of(long rows, long input) {
    return rows <= FEW_ROWS && input <= FEW_INPUT_ROWS ? ONE_TASK : SIZED;
  }
}
