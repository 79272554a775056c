package io.longcast.clean;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.longcast.sparkinternals.TextHash;
import io.longcast.table.ParsedColumns;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Numbers for the files of a source, in the order of their names, so that a row carries a number in
 * place of a path that is often longer than the rest of it.
 */
final class FileNumbers implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] names;
  private final HashMap<Long, Integer> numbers = new HashMap<>();

  private FileNumbers(String[] names) {
    this.names = names;
    for (int i = 0; i < names.length; i++) {
      numbers.put(TextHash.of(UTF8String.fromString(names[i])), i);
    }
  }

  /** No files, as of rows that arrive. */
  static FileNumbers none() {
    return new FileNumbers(new String[0]);
  }

  /** The files that Spark reads for these rows; none where they come from none. */
  static FileNumbers of(Dataset<Row> rows) {
    TreeSet<UTF8String> names = new TreeSet<>();
    for (String file : rows.inputFiles()) {
      String path = new Path(URI.create(file)).toString();
      names.add(UTF8String.fromString(ParsedColumns.file(path)));
    }
    return new FileNumbers(names.stream().map(UTF8String::toString).toArray(String[]::new));
  }

  /** The hash by which the number of each row's file is found; null where there is no path. */
  Column hash(Column path) {
    return names.length == 0
        ? lit(null).cast(DataTypes.LongType)
        : when(path.isNotNull(), xxhash64(path));
  }

  /** The number of a file by the hash of its path. */
  int number(long hash) {
    Integer number = numbers.get(hash);
    if (number == null) {
      throw new IllegalStateException(
          "a row must come from one of the %d files that were listed, found another one"
              .formatted(names.length));
    }
    return number;
  }

  /** The path of a number. */
  String name(int number) {
    return names[number];
  }

  @Override
  public String toString() {
    return Arrays.toString(names);
  }
}
