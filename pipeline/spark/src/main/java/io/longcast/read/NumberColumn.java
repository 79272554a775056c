package io.longcast.read;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Numbers from number columns and from text. A missing number is null; there is no NaN. Each text
 * is read once, into a column of its own, from which value and reason follow.
 */
final class NumberColumn {
  private final String name;
  private final String parsed;
  private final SourceSpec.NonFinite nonFinite;
  private final NumberText text;

  NumberColumn(String name, SourceSpec source) {
    this.name = name;
    this.parsed = "_number_" + name;
    this.nonFinite = source.nonFinite();
    this.text = new NumberText(source.missingMarks());
  }

  /** The rows with the number as it was read, marked where it cannot be used. */
  static Dataset<Row> addAll(Dataset<Row> rows, List<NumberColumn> columns) {
    List<Column> all = new ArrayList<>(List.of(col("*")));
    columns.forEach(column -> all.add(column.read(rows.schema().apply(column.name).dataType())));
    return rows.select(all.toArray(Column[]::new));
  }

  private Column read(DataType type) {
    Column raw = RowParser.quoted(name);
    UDF1<String, Double> number = text::number;
    Column value =
        type.equals(DataTypes.StringType)
            ? udf(number, DataTypes.DoubleType).apply(raw)
            : raw.cast(DataTypes.DoubleType);
    return value.as(parsed);
  }

  /** The number as a finite double, or null. */
  Column value() {
    return when(abs(parsed()).leq(lit((double) Float.MAX_VALUE)), parsed()).as(name);
  }

  /** Why the number cannot be used, or null. */
  Column reason(StructType raw) {
    Column shown = RowParser.shown(RowParser.quoted(name).cast(DataTypes.StringType));
    Column reason = when(lit(false), lit(""));
    if (raw.apply(name).dataType().equals(DataTypes.StringType)) {
      reason =
          reason.when(
              parsed().equalTo(NumberText.UNREADABLE),
              concat(lit("text in number column \"" + name + "\": "), shown));
    }
    if (nonFinite == SourceSpec.NonFinite.REJECT) {
      reason =
          reason.when(
              isnan(parsed()).or(abs(parsed()).gt(lit((double) Float.MAX_VALUE))),
              concat(lit("number column \"" + name + "\" is not finite as a float: "), shown));
    }
    return reason;
  }

  private Column parsed() {
    return RowParser.quoted(parsed);
  }
}
