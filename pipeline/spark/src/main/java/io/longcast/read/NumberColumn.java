package io.longcast.read;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.longcast.read.text.NumberText;
import io.longcast.series.SeriesValues;
import io.longcast.table.ExactName;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Numbers from number columns and from text. A missing number is null; there is no NaN. Each text
 * is read once, into its own column, from which value and fault follow.
 */
final class NumberColumn {
  /** 21.37 of the float that Spark shows so, where a cast gives 21.3700008392334. */
  private static final UserDefinedFunction SHORTEST =
      udf((UDF1<Float, Double>) SeriesValues::shortest, DataTypes.DoubleType);

  private final String name;
  private final DataType type;
  private final String parsed;
  private final SeriesColumns columns;
  private final NumberText text;

  NumberColumn(String name, DataType type, SeriesColumns columns) {
    this.name = name;
    this.type = type;
    this.parsed = "_number_" + name;
    this.columns = columns;
    this.text = columns.numberText();
  }

  /** The number as it was read, marked where it cannot be used; the other methods refer to it. */
  Column read() {
    Column raw = ExactName.column(name);
    UDF1<String, Double> number = text::number;
    Column value =
        type.equals(DataTypes.StringType)
            ? udf(number, DataTypes.DoubleType).apply(raw)
            : present(raw);
    return value.as(parsed);
  }

  /** A number that is none of those that stand for a missing one, as its type holds them. */
  private Column present(Column raw) {
    Column number = raw.cast(DataTypes.DoubleType);
    Object[] missing =
        Arrays.stream(NumberText.missingNumbers(columns.missingMarks()))
            .mapToObj(mark -> type.equals(DataTypes.FloatType) ? (double) (float) mark : mark)
            .toArray();
    Column read = type.equals(DataTypes.FloatType) ? SHORTEST.apply(raw) : number;
    return missing.length == 0 ? read : when(number.isin(missing).equalTo(lit(false)), read);
  }

  /** The number as a finite double, or null. */
  Column value() {
    return when(abs(parsed()).leq(lit((double) Float.MAX_VALUE)), parsed()).as(name);
  }

  /** Why the cell cannot be used, or null. */
  Column fault() {
    Column shown = RowParser.shown(ExactName.column(name).cast(DataTypes.StringType));
    Column fault = when(lit(false), lit(""));
    if (type.equals(DataTypes.StringType)) {
      UDF1<String, String> withHint = NumberText::shown;
      Column text = udf(withHint, DataTypes.StringType).apply(ExactName.column(name));
      fault =
          fault.when(
              parsed().equalTo(NumberText.UNREADABLE),
              concat(lit(RowNumbers.noNumber(name)), text));
    }
    if (columns.nonFinite() == SourceSpec.NonFinite.REJECT) {
      fault =
          fault.when(
              isnan(parsed()).or(abs(parsed()).gt(lit((double) Float.MAX_VALUE))),
              concat(lit(RowNumbers.notFinite(name)), shown));
    }
    return fault;
  }

  private Column parsed() {
    return ExactName.column(parsed);
  }
}
