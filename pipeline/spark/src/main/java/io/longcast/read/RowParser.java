package io.longcast.read;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.longcast.read.text.TextColumns;
import io.longcast.series.SeriesLayout;
import io.longcast.table.ExactName;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  private static final String ROW = "_row_fault";
  private static final String CELLS = "_cell_faults";
  private static final String REASONS = "; ";
  private static final int SHOWN = 60;

  private final SeriesColumns columns;
  private final String format;
  private final SeriesLayout layout;

  /**
   * @param format of records that are read as text, for messages
   */
  RowParser(SeriesColumns columns, String format, SeriesLayout layout) {
    this.columns = columns;
    this.format = format;
    this.layout = layout;
  }

  /**
   * The raw rows as observations with {@link ParsedColumns}. Each step adds columns that later ones
   * use more than once, so that Spark computes them once a row.
   */
  Dataset<Row> parse(Dataset<Row> raw) {
    TimeColumn time = new TimeColumn(this.columns.time());
    SeriesIdColumn series = new SeriesIdColumn(this.columns.series());
    RowNumbers numbers =
        RowNumbers.of(ObservationsTable.numbers(layout), this.columns, raw.schema());
    Dataset<Row> placed = raw.withColumn(ParsedColumns.SEQUENCE, sequence(raw));
    Dataset<Row> read = numbers.add(time.add(placed));
    return read.select(col("*"), rowFault(raw, series, time).as(ROW), numbers.faults().as(CELLS))
        .select(col("*"), reason(numbers).as(ParsedColumns.REASON))
        .select(columns(raw, series, time, numbers));
  }

  /** Rows of a stream are numbered when they are brought together by series. */
  private static Column sequence(Dataset<Row> raw) {
    return raw.isStreaming() ? lit(null).cast(DataTypes.LongType) : monotonically_increasing_id();
  }

  /** The raw rows with series and time beside their own columns. */
  Dataset<Row> keyed(Dataset<Row> raw, String id, String micros) {
    TimeColumn time = new TimeColumn(this.columns.time());
    Dataset<Row> read = time.add(raw);
    List<Column> columns = new ArrayList<>();
    Arrays.stream(raw.columns()).map(ExactName::column).forEach(columns::add);
    columns.add(new SeriesIdColumn(this.columns.series()).id().as(id));
    columns.add(org.apache.spark.sql.functions.unix_micros(time.timestamp()).as(micros));
    return read.select(columns.toArray(Column[]::new));
  }

  /** Why the row cannot be used whatever its numbers are, or null. */
  private Column rowFault(Dataset<Row> raw, SeriesIdColumn series, TimeColumn time) {
    List<Column> reasons = new ArrayList<>(List.of(series.reason()));
    reasons.addAll(time.reasons());
    Column problem = col(TextColumns.PROBLEM);
    return isText(raw)
        ? when(problem.isNotNull(), concat(lit("not a record of " + format + ": "), problem))
            .otherwise(joined(reasons, REASONS))
        : joined(reasons, REASONS);
  }

  /** Why the row is rejected, or null; for its cells only if none holds a number. */
  private static Column reason(RowNumbers numbers) {
    Column cells = regexp_replace(col(CELLS), ParsedColumns.BETWEEN_CELLS, REASONS);
    return when(col(ROW).isNotNull(), concat_ws(REASONS, col(ROW), cells))
        .when(col(CELLS).isNotNull().and(not(numbers.isAny())), cells);
  }

  private Column[] columns(
      Dataset<Row> raw, SeriesIdColumn series, TimeColumn time, RowNumbers numbers) {
    List<Column> columns = new ArrayList<>();
    columns.add(series.id().as(ObservationsTable.SERIES_ID));
    columns.add(time.timestamp().as(ObservationsTable.TIMESTAMP));
    columns.add(row(raw).as(ObservationsTable.ROW));
    columns.addAll(numbers.values());
    for (String name : kept()) {
      columns.add(ExactName.column(name).cast(DataTypes.StringType).as(name));
    }
    columns.addAll(travelling(time));
    Column rejected = col(ParsedColumns.REASON).isNotNull();
    columns.add(when(rejected, record(raw)).as(ParsedColumns.RECORD));
    columns.add(col(ParsedColumns.REASON));
    columns.add(when(not(rejected), col(CELLS)).as(ParsedColumns.CELLS));
    return columns.toArray(Column[]::new);
  }

  /** The parts of the key and the static columns, each once. */
  private Set<String> kept() {
    Set<String> names = new LinkedHashSet<>(this.columns.series().columns());
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
  static Column joined(List<Column> reasons, String between) {
    Column[] all = reasons.toArray(Column[]::new);
    return when(coalesce(all).isNotNull(), concat_ws(between, array(all)));
  }

  private static Column row(Dataset<Row> raw) {
    boolean there =
        raw.schema().getFieldIndex(ObservationsTable.ROW).isDefined()
            && raw.schema().apply(ObservationsTable.ROW).dataType() instanceof IntegralType;
    return (there ? ExactName.column(ObservationsTable.ROW) : lit(null)).cast(DataTypes.LongType);
  }

  /** The raw row: its text as it stood in the file, else its columns as JSON. */
  private static Column record(Dataset<Row> raw) {
    if (isText(raw)) {
      return col(TextColumns.RECORD);
    }
    Column[] all =
        Arrays.stream(raw.columns())
            .filter(name -> !ParsedColumns.ALL.contains(name))
            .map(ExactName::column)
            .toArray(Column[]::new);
    return to_json(struct(all));
  }

  private static boolean isText(Dataset<Row> raw) {
    return Arrays.asList(raw.columns()).contains(TextColumns.PROBLEM);
  }

  /** Text in quotation marks for a message, cut where it is long. */
  static Column shown(Column text) {
    return concat(lit("\""), org.apache.spark.sql.functions.substring(text, 1, SHOWN), lit("\""));
  }

  /** The same text without quotation marks. */
  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN));
  }

  /** True where the text is null or blank. */
  static Column blank(Column text) {
    return text.isNull().or(not(org.apache.spark.sql.functions.trim(text).notEqual("")));
  }
}
