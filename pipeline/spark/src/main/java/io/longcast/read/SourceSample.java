package io.longcast.read;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.xxhash64;

import io.longcast.table.ExactName;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a source whose settings are not known yet, with its first rows, and counts over
 * all of them or over those of some times. Close it to free what it keeps.
 */
public final class SourceSample implements AutoCloseable {
  /** The file a row is from, for {@link #distinct}. */
  public static final String FILE = ParsedColumns.FILE;

  /** Rows that are counted in memory; of more only those of some times are. */
  private static final long COUNTED = 500_000;

  private Dataset<Row> rows;
  private boolean kept;
  private final Map<String, DataType> types = new LinkedHashMap<>();
  private final List<String> names;
  private final Set<String> partitions;
  private final Set<String> doubled;
  private final Map<String, List<String>> cells = new LinkedHashMap<>();

  /**
   * Opens a source and reads its first rows.
   *
   * @param source which columns it names plays no part
   * @param first rows to read
   * @throws IllegalArgumentException if a path is absent or no file can be read
   */
  public static SourceSample of(SparkSession spark, SourceSpec source, int first) {
    OpenSource opened = new SourceOpener(SourceOpener.session(spark), source).open();
    return new SourceSample(opened, first);
  }

  private SourceSample(OpenSource opened, int first) {
    partitions = opened.partitions();
    doubled = opened.doubled();
    boolean headless = leaves(opened.schema(), "").allMatch(name -> isIndex(opened, name));
    leaves(opened.schema(), "")
        .filter(name -> headless || !isIndex(opened, name))
        .filter(name -> !doubled.contains(name))
        .forEach(name -> opened.type(name).ifPresent(type -> types.put(name, type)));
    names = List.copyOf(types.keySet());
    rows = opened.rows(names);
    Column[] texts = texts(names);
    for (Row row : rows.select(texts).limit(first).collectAsList()) {
      for (int i = 0; i < texts.length; i++) {
        cells.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(row.getString(i));
      }
    }
  }

  private static Column[] texts(List<String> names) {
    return names.stream()
        .map(name -> ExactName.column(name).cast(DataTypes.StringType))
        .toArray(Column[]::new);
  }

  private static boolean isIndex(OpenSource opened, String name) {
    return opened.indexes().contains(name) || name.matches("Unnamed: \\d+");
  }

  /** Names of columns, and of the leaves of structs. */
  private static Stream<String> leaves(StructType type, String above) {
    return Arrays.stream(type.fields())
        .flatMap(
            (StructField field) ->
                field.dataType() instanceof StructType inner
                    ? leaves(inner, above + field.name() + ".")
                    : Stream.of(above + field.name()));
  }

  /** Names of the columns in the order of the source; structs by their leaves. */
  public List<String> names() {
    return names;
  }

  /** Names that two columns of one header have; none of {@link #names}. */
  public Set<String> doubled() {
    return doubled;
  }

  /** The type of a column; that of text formats is a string. */
  public DataType type(String name) {
    return types.get(name);
  }

  /** Whether the column is the name of a folder. */
  public boolean isPartition(String name) {
    return partitions.contains(name);
  }

  /** The first cells of a column as text; null where there is none. */
  public List<String> cells(String name) {
    return cells.getOrDefault(name, List.of());
  }

  /**
   * Keeps the rows for counting: all of them, or of many those of a share of the times, so that
   * rows of one time stay together; without times the first ones. Two scans.
   *
   * @param times columns of the time; none where there is no time
   */
  public void keepTimes(List<String> times) {
    long share = (rows.count() + COUNTED - 1) / COUNTED;
    if (share > 1) {
      Column[] columns = times.stream().map(ExactName::column).toArray(Column[]::new);
      rows =
          times.isEmpty()
              ? rows.limit((int) COUNTED)
              : rows.where(pmod(xxhash64(columns), lit(share)).equalTo(0));
    }
    rows = rows.persist();
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      rows.unpersist();
    }
  }

  /** Rows of the source; a job. */
  public long count() {
    return rows.count();
  }

  /** Distinct combinations of the columns; a job. */
  public long distinct(List<String> names) {
    Column[] columns = names.stream().map(ExactName::column).toArray(Column[]::new);
    return rows.select(columns).distinct().count();
  }

  /**
   * Distinct values of each column as text, about; one job. Each cell becomes a row, because an
   * aggregate of each column would make code that grows with the columns.
   */
  public Map<String, Long> distinctEach(List<String> names) {
    Map<String, Long> distinct = new LinkedHashMap<>();
    names.forEach(name -> distinct.put(name, 0L));
    if (names.isEmpty()) {
      return distinct;
    }
    rows.select(posexplode(array(texts(names))).as(new String[] {"column", "cell"}))
        .groupBy("column")
        .agg(approx_count_distinct("cell"))
        .collectAsList()
        .forEach(row -> distinct.put(names.get(row.getInt(0)), row.getLong(1)));
    return distinct;
  }
}
