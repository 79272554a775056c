package io.longcast.clean;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Numbers for the files of a source, in the order of their names, so that a row carries a number
 * through the shuffle in place of a path that is often longer than the rest of it.
 */
final class FileNumbers implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The seed of Spark's {@code xxhash64}. */
  private static final long SEED = 42;

  private final String[] names;

  private FileNumbers(String[] names) {
    this.names = names;
  }

  /** The files that Spark reads for these rows; none where they come from none. */
  static FileNumbers of(Dataset<Row> rows) {
    TreeSet<UTF8String> names = new TreeSet<>();
    for (String file : rows.inputFiles()) {
      // As the metadata column spells it.
      Path path = new Path(new Path(URI.create(file)).toString());
      names.add(UTF8String.fromString(path.toUri().toString()));
    }
    return new FileNumbers(names.stream().map(UTF8String::toString).toArray(String[]::new));
  }

  /** The number of each row's file, found by the hash of its path; null where there is no path. */
  Column number(Column path) {
    if (names.length == 0) {
      return lit(null).cast(DataTypes.IntegerType);
    }
    Map<Long, Integer> numbers = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      numbers.put(hash(names[i]), i);
    }
    UDF1<Long, Integer> find = hash -> found(numbers.get(hash), numbers.size());
    return when(path.isNotNull(), udf(find, DataTypes.IntegerType).apply(xxhash64(path)));
  }

  private static long hash(String name) {
    return XxHash64Function.hash(UTF8String.fromString(name), DataTypes.StringType, SEED);
  }

  private static Integer found(Integer number, int files) {
    if (number == null) {
      throw new IllegalStateException(
          "a row must come from one of the %d files that were listed, found another one"
              .formatted(files));
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
