package io.longcast.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.longcast.table.ExactName;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Times from whatever the source has: timestamps, dates, counts since 1970, text. All go through
 * microseconds since 1970 in the column {@link #MICROS}.
 */
final class TimeColumn {
  private static final String MICROS = "_micros";
  private static final String LOCAL_TEXT = "_local_text";
  private static final long FIRST = TimestampText.micros(Instant.parse("0001-01-01T00:00:00Z"));
  private static final long LAST = TimestampText.micros(Instant.parse("9999-12-31T23:59:59Z"));

  private final TimeSpec spec;
  private DataType type = DataTypes.NullType;
  private Column raw = nothing();

  TimeColumn(TimeSpec spec) {
    this.spec = spec;
  }

  /** The rows with the column of microseconds. */
  Dataset<Row> add(Dataset<Row> rows) {
    List<String> names = spec.names();
    if (names.size() == 1) {
      type = rows.schema().apply(names.get(0)).dataType();
      raw = ExactName.column(names.get(0));
      if (type instanceof NumericType && !spec.isEpoch()) {
        raw = part(raw, type);
        type = DataTypes.StringType;
      }
    } else if (!names.isEmpty()) {
      type = DataTypes.StringType;
      raw = joined(rows.schema(), names);
    }
    return rows.withColumn(MICROS, names.isEmpty() ? nothing() : micros())
        .withColumn(LOCAL_TEXT, names.isEmpty() ? lit(false) : localText());
  }

  /** The parts of a time as one text; null where one is missing. */
  private static Column joined(StructType schema, List<String> names) {
    Column[] parts =
        names.stream()
            .map(name -> part(ExactName.column(name), schema.apply(name).dataType()))
            .toArray(Column[]::new);
    Column missing = lit(false);
    for (Column part : parts) {
      missing = missing.or(RowParser.blank(part));
    }
    return when(not(missing), concat_ws(" ", parts));
  }

  /** A date without the midnight its type adds, a whole number without its fraction. */
  private static Column part(Column raw, DataType type) {
    boolean dated = type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType);
    boolean fractional = type instanceof FractionalType;
    Column whole = dated ? raw.cast(DataTypes.DateType) : raw.cast(DataTypes.LongType);
    Column text = trim((dated || fractional ? whole : raw).cast(DataTypes.StringType));
    return fractional ? when(raw.equalTo(whole), text) : text;
  }

  /** The time, or null. */
  Column timestamp() {
    return when(usable(), expr("timestamp_micros(" + MICROS + ")"));
  }

  /** Whether the time was written without an offset in a zone where it may mean one of two. */
  Column local() {
    return col(LOCAL_TEXT);
  }

  /** Why the time cannot be used: one column for each possible reason, null where it is fine. */
  List<Column> reasons() {
    if (spec.names().isEmpty()) {
      return List.of();
    }
    Column shown = RowParser.shown(raw.cast(DataTypes.StringType));
    Column given = given();
    Column unreadable =
        when(
                col(MICROS).equalTo(TimestampText.SKIPPED),
                concat(lit("local time does not exist in " + spec.zone() + ": "), shown))
            .when(
                given.and(col(MICROS).isNull().or(col(MICROS).equalTo(TimestampText.UNREADABLE))),
                concat(lit("unparsable timestamp (format " + spec.format() + "): "), shown))
            .when(
                col(MICROS).isNotNull().and(not(col(MICROS).between(FIRST, LAST))),
                concat(lit("timestamp outside the years 1 to 9999: "), shown));
    return List.of(
        unreadable,
        outside("before", spec.notBefore().orElse(null), shown),
        outside("after", spec.notAfter().orElse(null), shown));
  }

  /** Whether a row says a time. Only text is looked into: to write times as text is slow. */
  private Column given() {
    return type.equals(DataTypes.StringType) ? not(RowParser.blank(raw)) : raw.isNotNull();
  }

  private Column outside(String side, String bound, Column shown) {
    if (bound == null) {
      return lit(null).cast(DataTypes.StringType);
    }
    long limit = TimestampText.micros(Instant.parse(bound));
    Column out = side.equals("before") ? col(MICROS).lt(limit) : col(MICROS).gt(limit);
    return when(usable().and(out), concat(lit("timestamp " + side + " " + bound + ": "), shown));
  }

  private static Column usable() {
    return col(MICROS).between(FIRST, LAST);
  }

  private Column micros() {
    if (spec.isEpoch()) {
      return type.equals(DataTypes.TimestampType) ? unixMicros(raw) : counted();
    }
    if (type.equals(DataTypes.TimestampType)) {
      return unixMicros(raw);
    }
    if (type.equals(DataTypes.StringType)) {
      TimestampText text = new TimestampText(spec.format(), spec.zoneId());
      UDF1<String, Long> read =
          value -> value == null || value.isBlank() ? null : text.micros(value);
      return udf(read, DataTypes.LongType).apply(raw);
    }
    return unixMicros(to_utc_timestamp(raw.cast(DataTypes.TimestampType), spec.zone()));
  }

  private Column localText() {
    boolean isInstant =
        spec.isEpoch() || type.equals(DataTypes.TimestampType) || type instanceof NumericType;
    if (isInstant || spec.zoneId().getRules().isFixedOffset()) {
      return lit(false);
    }
    if (type.equals(DataTypes.StringType)
        && spec.repeatedHour() == TimeSpec.RepeatedHour.BY_ORDER) {
      TimestampText text = new TimestampText(spec.format(), spec.zoneId());
      boolean always = !spec.format().equals(TimeSpec.AUTO) && !TimePattern.hasZone(spec.format());
      UDF1<String, Boolean> local = value -> value != null && text.isLocal(value);
      return always ? lit(true) : udf(local, DataTypes.BooleanType).apply(raw);
    }
    return lit(true);
  }

  private Column counted() {
    String micros =
        switch (spec.format()) {
          case "epoch-seconds" -> "* 1000000";
          case "epoch-millis" -> "* 1000";
          case "epoch-nanos" -> "/ 1000";
          default -> "* 1";
        };
    return expr(
        "try_cast(floor(try_cast(%s as decimal(26, 6)) %s) as bigint)"
            .formatted(ExactName.sql(spec.names().get(0)), micros));
  }

  private static Column unixMicros(Column timestamp) {
    return org.apache.spark.sql.functions.unix_micros(timestamp);
  }

  private static Column nothing() {
    return lit(null).cast(DataTypes.LongType);
  }
}
