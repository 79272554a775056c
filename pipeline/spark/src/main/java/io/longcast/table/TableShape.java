package io.longcast.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Name, schema, key and partitioning of one table.
 *
 * @param name the table's name, also the folder it is written to
 * @param schema its columns; all nullable, because null means absent
 * @param key columns that identify a row
 * @param partitions columns its folder is partitioned by, possibly none
 */
public record TableShape(String name, StructType schema, List<String> key, List<String> partitions)
    implements Serializable {

  public TableShape {
    key = List.copyOf(key);
    partitions = List.copyOf(partitions);
  }

  /**
   * What keeps a table from having this shape, one line each: "column X is missing, did you mean
   * Y?" or "column X: expected T, found U". Further columns and nullability do not matter.
   */
  public List<String> problems(StructType found) {
    List<String> problems = new ArrayList<>();
    List<String> names = Arrays.asList(found.fieldNames());
    for (StructField expected : schema.fields()) {
      if (!names.contains(expected.name())) {
        problems.add(missing(expected, names));
      } else {
        DataType type = found.apply(expected.name()).dataType();
        if (!sameType(expected.dataType(), type)) {
          problems.add(
              "column %s: expected %s, found %s"
                  .formatted(
                      expected.name(), expected.dataType().simpleString(), type.simpleString()));
        }
      }
    }
    return problems;
  }

  private static String missing(StructField expected, List<String> found) {
    return "column %s (%s) is missing%s"
        .formatted(
            expected.name(),
            expected.dataType().simpleString(),
            NearestName.hint(expected.name(), found));
  }

  private static boolean sameType(DataType expected, DataType found) {
    return expected.asNullable().catalogString().equals(found.asNullable().catalogString());
  }

  /** True if all columns are there with their types. */
  public boolean conforms(StructType found) {
    return problems(found).isEmpty();
  }

  /**
   * Checks a stage's input before it starts.
   *
   * @throws IllegalArgumentException that lists every problem
   */
  public void requireConforms(StructType found) {
    List<String> problems = problems(found);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "not a table of "
              + name
              + ": "
              + String.join("; ", problems)
              + "; found columns "
              + String.join(", ", found.fieldNames()));
    }
  }

  /** The rows with exactly this table's columns in its order. */
  public Dataset<Row> select(Dataset<Row> rows) {
    requireConforms(rows.schema());
    return rows.select(
        Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new));
  }
}
