package io.longcast.table;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Columns that travel with observations between reading and cleaning and appear in no stored table:
 * where a row stood in its source, and why it is to be rejected.
 */
public final class ParsedColumns {
  /** The row's file, or null where the source has no files. */
  public static final String FILE = "_file";

  /** Start of the row's block in its file, in bytes. */
  public static final String BLOCK = "_block";

  /** Ascends with the row's place within its block. */
  public static final String SEQUENCE = "_sequence";

  /** Whether the row's time was written without an offset, so that it may mean one of two. */
  public static final String LOCAL = "_local";

  /** Why the row is rejected; null for a good row. */
  public static final String REASON = "_reason";

  /** The rejected row as it stood in its source; null for a good row. */
  public static final String RECORD = "_record";

  /** Why cells of a good row are missing; null for a row without such cells. */
  public static final String CELLS = "_cells";

  /** Stands between the cells in {@link #CELLS}. */
  public static final String BETWEEN_CELLS = "\u001E";

  /** All of them. */
  public static final List<String> ALL =
      List.of(FILE, BLOCK, SEQUENCE, LOCAL, REASON, RECORD, CELLS);

  private ParsedColumns() {}

  /**
   * A file as {@link #FILE} spells it, which is that of Spark's metadata column: as a URI, with a
   * blank as {@code %20}.
   *
   * @param path as a Hadoop path
   */
  public static String file(String path) {
    return new Path(path).toUri().toString();
  }
}
