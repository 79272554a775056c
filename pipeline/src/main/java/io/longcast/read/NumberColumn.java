package io.longcast.read;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Numbers from number columns and from text. A missing number is null; there is no NaN. */
final class NumberColumn {
  private final List<String> missingMarks;
  private final SourceSpec.NonFinite nonFinite;

  NumberColumn(List<String> missingMarks, SourceSpec.NonFinite nonFinite) {
    this.missingMarks = missingMarks;
    this.nonFinite = nonFinite;
  }

  /** The number as a finite double, or null. */
  Column value(String name, DataType type) {
    Column number = number(name, type);
    return when(finite(number), number);
  }

  /** Why the number cannot be used, or null. */
  Column reason(String name, DataType type) {
    Column raw = RowParser.quoted(name);
    Column number = number(name, type);
    Column text = raw.cast(DataTypes.StringType);
    Column reason = when(lit(false), lit(""));
    if (type.equals(DataTypes.StringType)) {
      reason =
          reason.when(
              not(missing(raw)).and(number.isNull()),
              concat(lit("text in number column \"" + name + "\": "), RowParser.shown(text)));
    }
    if (nonFinite == SourceSpec.NonFinite.REJECT) {
      reason =
          reason.when(
              number.isNotNull().and(not(finite(number))),
              concat(
                  lit("number column \"" + name + "\" is not finite as a float: "),
                  RowParser.shown(text)));
    }
    return reason;
  }

  private Column number(String name, DataType type) {
    Column raw = RowParser.quoted(name);
    if (!type.equals(DataTypes.StringType)) {
      return raw.cast(DataTypes.DoubleType);
    }
    // Java, and with it Spark, takes 1d and 1f for numbers.
    Column suffixed = trim(raw).rlike("[0-9.][dDfF]$");
    return when(not(missing(raw)).and(not(suffixed)), tryCast(name));
  }

  private static Column tryCast(String name) {
    return expr("try_cast(trim(" + RowParser.inTicks(name) + ") as double)");
  }

  private Column missing(Column raw) {
    return raw.isNull().or(trim(raw).isin(missingMarks.toArray()));
  }

  private static Column finite(Column number) {
    return not(isnan(number)).and(abs(number).leq(lit((double) Float.MAX_VALUE)));
  }
}
