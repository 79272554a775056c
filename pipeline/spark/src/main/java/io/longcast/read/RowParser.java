package io.longcast.read;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.longcast.series.SeriesLayout;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;

/**
 * Turns raw rows into observations and finds what is wrong with each, by Spark SQL expressions
 * alone but for times and numbers written as text.
 */
final class RowParser {
  private final SourceSpec source;
  private final SeriesLayout layout;

  RowParser(SourceSpec source, SeriesLayout layout) {
    this.source = source;
    this.layout = layout;
  }

  /**
   * The raw rows as observations with {@link ParsedColumns}. Each step adds columns that later ones
   * use more than once, so that Spark computes them once a row.
   */
  Dataset<Row> parse(Dataset<Row> raw) {
    TimeColumn time = new TimeColumn(source.time());
    SeriesIdColumn series = new SeriesIdColumn(source.series());
    List<NumberColumn> numbers =
        ObservationsTable.numbers(layout).stream()
            .map(name -> new NumberColumn(name, source))
            .toList();
    Dataset<Row> read = NumberColumn.addAll(time.add(withPlace(raw)), numbers);
    Column reason = joined(reasons(raw, series, time, numbers)).as(ParsedColumns.REASON);
    return read.select(col("*"), reason).select(columns(raw, series, time, numbers));
  }

  /** The raw rows with series and time beside their own columns. */
  Dataset<Row> keyed(Dataset<Row> raw, String id, String micros) {
    TimeColumn time = new TimeColumn(source.time());
    Dataset<Row> read = time.add(withPlace(raw));
    List<Column> columns = new ArrayList<>();
    Arrays.stream(raw.columns()).map(RowParser::quoted).forEach(columns::add);
    columns.add(new SeriesIdColumn(source.series()).id().as(id));
    columns.add(org.apache.spark.sql.functions.unix_micros(time.timestamp()).as(micros));
    return read.select(columns.toArray(Column[]::new));
  }

  private List<Column> reasons(
      Dataset<Row> raw, SeriesIdColumn series, TimeColumn time, List<NumberColumn> numbers) {
    List<Column> reasons = new ArrayList<>();
    if (hasCorrupt(raw)) {
      reasons.add(
          when(col(SourceTable.CORRUPT).isNotNull(), lit("not a record of " + source.format())));
    }
    reasons.add(series.reason());
    reasons.addAll(time.reasons());
    for (NumberColumn number : numbers) {
      reasons.add(number.reason(raw.schema()));
    }
    return reasons;
  }

  private Column[] columns(
      Dataset<Row> raw, SeriesIdColumn series, TimeColumn time, List<NumberColumn> numbers) {
    List<Column> columns = new ArrayList<>();
    columns.add(series.id().as(ObservationsTable.SERIES_ID));
    columns.add(time.timestamp().as(ObservationsTable.TIMESTAMP));
    columns.add(row(raw).as(ObservationsTable.ROW));
    numbers.forEach(number -> columns.add(number.value()));
    for (String name : kept()) {
      columns.add(quoted(name).cast(DataTypes.StringType).as(name));
    }
    columns.addAll(travelling(time));
    Column rejected = col(ParsedColumns.REASON).isNotNull();
    columns.add(when(rejected, record(raw)).as(ParsedColumns.RECORD));
    columns.add(col(ParsedColumns.REASON));
    return columns.toArray(Column[]::new);
  }

  /** The parts of the key and the static columns, each once. */
  private Set<String> kept() {
    Set<String> names = new LinkedHashSet<>(source.series().columns());
    names.remove(ObservationsTable.SERIES_ID);
    names.addAll(layout.staticCovariates());
    return names;
  }

  private static List<Column> travelling(TimeColumn time) {
    return List.of(
        col(ParsedColumns.FILE),
        col(ParsedColumns.BLOCK),
        col(ParsedColumns.SEQUENCE),
        time.local().as(ParsedColumns.LOCAL));
  }

  /** The reasons as one text, or null; nothing is joined for a good row. */
  private static Column joined(List<Column> reasons) {
    Column[] all = reasons.toArray(Column[]::new);
    return when(coalesce(all).isNotNull(), concat_ws("; ", array(all)));
  }

  private static Column row(Dataset<Row> raw) {
    boolean there =
        raw.schema().getFieldIndex(ObservationsTable.ROW).isDefined()
            && raw.schema().apply(ObservationsTable.ROW).dataType() instanceof IntegralType;
    return (there ? quoted(ObservationsTable.ROW) : lit(null)).cast(DataTypes.LongType);
  }

  /** The raw row: the text of a corrupt record, else all columns as JSON. */
  private static Column record(Dataset<Row> raw) {
    Column[] all =
        Arrays.stream(raw.columns())
            .filter(name -> !name.equals(SourceTable.CORRUPT))
            .map(RowParser::quoted)
            .toArray(Column[]::new);
    Column json = to_json(struct(all));
    return hasCorrupt(raw) ? coalesce(col(SourceTable.CORRUPT), json) : json;
  }

  private static boolean hasCorrupt(Dataset<Row> raw) {
    return Arrays.asList(raw.columns()).contains(SourceTable.CORRUPT);
  }

  private static Dataset<Row> withPlace(Dataset<Row> raw) {
    Dataset<Row> placed = raw.withColumn(ParsedColumns.SEQUENCE, monotonically_increasing_id());
    try {
      return raw.select(
          col("*"),
          col("_metadata.file_path").as(ParsedColumns.FILE),
          col("_metadata.file_block_start").as(ParsedColumns.BLOCK),
          monotonically_increasing_id().as(ParsedColumns.SEQUENCE));
    } catch (Exception noFiles) {
      if (noFiles instanceof AnalysisException) {
        return placed
            .withColumn(ParsedColumns.FILE, lit(null).cast(DataTypes.StringType))
            .withColumn(ParsedColumns.BLOCK, lit(0L));
      }
      throw noFiles;
    }
  }

  /** A column by its exact name, dots and blanks included. */
  static Column quoted(String name) {
    return col(inTicks(name));
  }

  /** A name as SQL wants it. */
  static String inTicks(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Text in quotation marks for a message, cut where it is long. */
  static Column shown(Column text) {
    return concat(lit("\""), org.apache.spark.sql.functions.substring(text, 1, 60), lit("\""));
  }

  /** True where the text is null or blank. */
  static Column blank(Column text) {
    return text.isNull().or(not(org.apache.spark.sql.functions.trim(text).notEqual("")));
  }
}
