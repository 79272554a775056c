package io.longcast.read;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The type in which a column is read that has several. */
final class ColumnTypes {
  private ColumnTypes() {}

  /**
   * The type that holds the values of two: whole numbers are long, other numbers and booleans are
   * double, numbers beside text are text, structs have the fields of both, maps the type of both
   * values; empty if there is none.
   */
  static Optional<DataType> common(DataType a, DataType b) {
    if (a.equals(b)) {
      return Optional.of(a);
    } else if (a instanceof StructType left && b instanceof StructType right) {
      return struct(left, right);
    } else if (a instanceof MapType left && b instanceof MapType right) {
      return map(left, right);
    } else if (a instanceof IntegralType && b instanceof IntegralType) {
      return Optional.of(DataTypes.LongType);
    } else if (isNumber(a) && isNumber(b)) {
      return Optional.of(DataTypes.DoubleType);
    }
    boolean text = a.equals(DataTypes.StringType) || b.equals(DataTypes.StringType);
    return text && (isNumber(a) || isNumber(b))
        ? Optional.of(DataTypes.StringType)
        : Optional.empty();
  }

  private static Optional<DataType> map(MapType left, MapType right) {
    return common(left.keyType(), right.keyType())
        .flatMap(
            key ->
                common(left.valueType(), right.valueType())
                    .map(value -> DataTypes.createMapType(key, value, true)));
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type.equals(DataTypes.BooleanType);
  }

  private static Optional<DataType> struct(StructType left, StructType right) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    for (StructField field : left.fields()) {
      fields.put(field.name(), field);
    }
    for (StructField field : right.fields()) {
      StructField known = fields.getOrDefault(field.name(), field);
      Optional<DataType> type = common(known.dataType(), field.dataType());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      fields.put(field.name(), DataTypes.createStructField(field.name(), type.get(), true));
    }
    return Optional.of(new StructType(fields.values().toArray(StructField[]::new)));
  }
}
