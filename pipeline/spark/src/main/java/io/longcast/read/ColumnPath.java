package io.longcast.read;

import static org.apache.spark.sql.functions.udf;

import io.longcast.read.text.JsonText;
import io.longcast.table.ExactName;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column of the settings in a source: a field of that name or, where the name holds dots, a path
 * into a struct, a map, or JSON that is written as text ({@code payload.temp}).
 *
 * @param root the source's own column, reduced to what is on the path
 * @param type the type of the value
 * @param column the value
 */
record ColumnPath(StructField root, DataType type, Column column) {

  /**
   * Finds a column; a field with exactly this name comes before a path.
   *
   * @param isJson whether a text column of the source holds JSON
   */
  static Optional<ColumnPath> find(String name, StructType schema, Predicate<String> isJson) {
    return in(
        schema,
        name,
        field -> new ColumnPath(field, field.dataType(), ExactName.column(field.name())),
        found -> !found.type().equals(DataTypes.StringType) || isJson.test(found.root().name()));
  }

  private static Optional<ColumnPath> in(
      StructType struct,
      String name,
      Function<StructField, ColumnPath> at,
      Predicate<ColumnPath> opens) {
    Optional<ColumnPath> exact = field(struct, name).map(at);
    for (int dot = name.indexOf('.');
        exact.isEmpty() && dot > 0;
        dot = name.indexOf('.', dot + 1)) {
      String rest = name.substring(dot + 1);
      exact =
          field(struct, name.substring(0, dot))
              .map(at)
              .filter(opens)
              .flatMap(found -> found.into(rest));
    }
    return exact;
  }

  private Optional<ColumnPath> into(String path) {
    if (type.equals(DataTypes.StringType)) {
      Column value = udf(new JsonText(path), DataTypes.StringType).apply(column);
      return Optional.of(new ColumnPath(root, DataTypes.StringType, value));
    }
    if (type instanceof MapType map && map.keyType().equals(DataTypes.StringType)) {
      return Optional.of(new ColumnPath(root, map.valueType(), column.getItem(path)));
    }
    return type instanceof StructType struct
        ? in(
                struct,
                path,
                field -> new ColumnPath(field, field.dataType(), column.getField(field.name())),
                found -> true)
            .map(inner -> inner.below(root))
        : Optional.empty();
  }

  /** Whether the value is read from JSON that is written as text. */
  boolean isInText(String name) {
    return root.dataType().equals(DataTypes.StringType) && !root.name().equals(name);
  }

  private ColumnPath below(StructField outer) {
    StructType reduced = new StructType().add(root);
    return new ColumnPath(
        new StructField(outer.name(), reduced, true, outer.metadata()), type, column);
  }

  private static Optional<StructField> field(StructType schema, String name) {
    return Arrays.stream(schema.fields()).filter(field -> field.name().equals(name)).findFirst();
  }
}
