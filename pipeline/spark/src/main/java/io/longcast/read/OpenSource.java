package io.longcast.read;

import io.longcast.read.text.ColumnLook;
import io.longcast.table.ParsedColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A source that was opened: its columns, and a way to its rows. Not yet scanned. */
interface OpenSource {

  /** The source's own columns; those of text formats are text. */
  StructType schema();

  /**
   * The type of a column of the settings, which may be a path; empty if there is no such column.
   *
   * @throws IllegalArgumentException if files give it types that no type holds
   */
  Optional<DataType> type(String name);

  /**
   * All rows with these columns under the names given, {@link ParsedColumns#FILE}, {@link
   * ParsedColumns#BLOCK} and, of text formats, those of {@link io.longcast.read.text.TextColumns}.
   *
   * @param names columns that have a {@link #type}
   */
  Dataset<Row> rows(List<String> names);

  /** All rows with all columns, for a query. */
  Dataset<Row> rows();

  /** What cells of text columns look like, by a sample. */
  Map<String, ColumnLook> looks(List<String> names);

  /**
   * The files behind it, if there are any; which are left out is known once rows were requested.
   */
  default Optional<FileScan> files() {
    return Optional.empty();
  }

  /** Columns that are folders' names. */
  default Set<String> partitions() {
    return files().map(FileScan::partitions).orElse(Set.of());
  }

  /** Columns of a header that name two columns. */
  default Set<String> doubled() {
    return Set.of();
  }

  /** Columns that number rows and have no meaning of their own. */
  default Set<String> indexes() {
    return Set.of();
  }

  /** Files that lack a column that others have. */
  default List<String> filesWithout(String column) {
    return List.of();
  }

  /** What to do about missing columns, for a message, or nothing. */
  default String hint() {
    return "";
  }
}
