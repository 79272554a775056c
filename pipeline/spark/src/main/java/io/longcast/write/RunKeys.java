package io.longcast.write;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.longcast.table.TableShape;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What marks the rows of one run in a table.
 *
 * @param values by column, such as {@code model_id}
 */
record RunKeys(Map<String, String> values) {
  RunKeys {
    values = new TreeMap<>(values);
  }

  /** The keys, checked to be text columns of a table. */
  static RunKeys of(TableShape table, Map<String, String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "a write to " + table.name() + " needs the run's keys, found none");
    }
    for (String key : values.keySet()) {
      if (table.schema().getFieldIndex(key).isEmpty()
          || !table.schema().apply(key).dataType().equals(DataTypes.StringType)) {
        throw new IllegalArgumentException(
            "key " + key + " must be a text column of " + table.name());
      }
    }
    return new RunKeys(values);
  }

  /** True in rows of the run. */
  Column matches() {
    Column all = lit(true);
    for (Map.Entry<String, String> key : values.entrySet()) {
      all = all.and(col(key.getKey()).eqNullSafe(lit(key.getValue())));
    }
    return all;
  }

  /** The same as SQL text. */
  String condition() {
    return values.entrySet().stream()
        .map(key -> "`%s` = '%s'".formatted(key.getKey(), key.getValue().replace("'", "\\'")))
        .collect(Collectors.joining(" AND "));
  }

  /** Rows that fail at the first one that does not carry the keys. */
  Dataset<Row> guard(Dataset<Row> rows) {
    Dataset<Row> guarded = rows;
    for (Map.Entry<String, String> key : values.entrySet()) {
      Column value = col(key.getKey());
      String expected =
          "a row to write must carry %s = %s, found ".formatted(key.getKey(), key.getValue());
      Column message = concat(lit(expected), coalesce(value, lit("null")));
      guarded =
          guarded.withColumn(
              key.getKey(),
              when(value.eqNullSafe(lit(key.getValue())), value)
                  .otherwise(raise_error(message).cast(DataTypes.StringType)));
    }
    return guarded;
  }
}
