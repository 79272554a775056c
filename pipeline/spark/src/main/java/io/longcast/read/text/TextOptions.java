package io.longcast.read.text;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Options of a text source: those of Spark's own CSV and JSON readers, under the names Spark gives
 * them, and what the settings add.
 *
 * @param spark the options as Spark takes them, names in any case
 * @param columns the columns that the settings name, by which a header is found
 * @param headerLine the line of the header, counted from 1; 0 to find it
 * @param unitRows rows below the header that are no data
 * @param annotated whether the files are annotated CSV of InfluxDB
 */
public record TextOptions(
    Map<String, String> spark,
    List<String> columns,
    int headerLine,
    int unitRows,
    boolean annotated)
    implements java.io.Serializable {
  private static final String COLUMNS = "longcast.columns";
  private static final String HEADER_LINE = "longcast.headerLine";
  private static final String UNIT_ROWS = "longcast.unitRows";
  private static final String ANNOTATED = "longcast.annotated";
  private static final String SEPARATED = "\u0000";

  public TextOptions {
    TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(spark);
    spark = sorted;
    columns = List.copyOf(columns);
  }

  /** The options of a reader, as {@link #toMap} wrote them. */
  static TextOptions of(Map<String, String> options) {
    TreeMap<String, String> spark = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    spark.putAll(options);
    String columns = spark.remove(COLUMNS);
    String headerLine = spark.remove(HEADER_LINE);
    String unitRows = spark.remove(UNIT_ROWS);
    String annotated = spark.remove(ANNOTATED);
    return new TextOptions(
        spark,
        columns == null || columns.isEmpty() ? List.of() : List.of(columns.split(SEPARATED)),
        headerLine == null ? 0 : Integer.parseInt(headerLine),
        unitRows == null ? 0 : Integer.parseInt(unitRows),
        Boolean.parseBoolean(annotated));
  }

  /** The options as text, for a {@code DataFrameReader}. */
  public Map<String, String> toMap() {
    Map<String, String> options = new TreeMap<>(spark);
    options.put(COLUMNS, String.join(SEPARATED, columns));
    options.put(HEADER_LINE, Integer.toString(headerLine));
    options.put(UNIT_ROWS, Integer.toString(unitRows));
    options.put(ANNOTATED, Boolean.toString(annotated));
    return options;
  }

  /** The same for annotated files. */
  public TextOptions ofAnnotated() {
    return new TextOptions(spark, columns, headerLine, unitRows, true);
  }

  /** Whether a file can be read only as a whole. */
  boolean isWhole() {
    return multiLine() || annotated || !hasByteLines();
  }

  /** Whether a record may go over several lines. */
  public boolean multiLine() {
    return Boolean.parseBoolean(spark.getOrDefault("multiLine", "false"));
  }

  /** Whether the encoding was declared. */
  boolean declaresCharset() {
    return spark.containsKey("encoding") || spark.containsKey("charset");
  }

  /**
   * The encoding of the files.
   *
   * @throws IllegalArgumentException if there is none of the declared name
   */
  public Charset charset() {
    String name = spark.getOrDefault("encoding", spark.getOrDefault("charset", "UTF-8"));
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new IllegalArgumentException(
          "unknown encoding \"" + name + "\" (key source.options.encoding)", unknown);
    }
  }

  /** Whether a line can be found by its end in bytes, so that a file can be read in parts. */
  boolean hasByteLines() {
    Charset charset = charset();
    return charset.equals(StandardCharsets.UTF_8)
        || charset.equals(StandardCharsets.US_ASCII)
        || "\n".getBytes(charset).length == 1 && "a".getBytes(charset)[0] == 'a';
  }
}
