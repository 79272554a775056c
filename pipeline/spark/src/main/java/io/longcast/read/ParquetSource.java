package io.longcast.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.translate;

import io.longcast.read.file.FileCheck;
import io.longcast.read.file.ParquetFooter;
import io.longcast.read.file.ParquetFooters;
import io.longcast.read.text.ColumnLook;
import io.longcast.read.text.NumberText;
import io.longcast.table.ExactName;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet files of one or several schemas. Files in which the requested columns have the same types
 * are scanned together; a column of several types is read in the one that holds them all.
 */
final class ParquetSource implements OpenSource {
  private static final String INDEX = "__index_level_\\d+__";

  private final SparkSession spark;
  private final FileScan scan;
  private final NumberText numbers;
  private final String decimal;
  private final Map<String, String> options;
  private final Map<StructType, List<String>> files;

  ParquetSource(SparkSession spark, SourceSpec source, FileScan scan) {
    this.spark = spark;
    this.scan = scan;
    numbers = source.numberText();
    decimal = source.numbers().decimal();
    options = new HashMap<>(source.options());
    options.putIfAbsent(FileCheck.VERIFY_CHECKSUMS, "true");
    ParquetFooters footers = ParquetFooters.read(spark, scan.files());
    files = footers.files();
    scan.leaveOut(footers.problems());
  }

  @Override
  public StructType schema() {
    Set<String> names = new LinkedHashSet<>();
    files.keySet().forEach(schema -> names.addAll(List.of(schema.fieldNames())));
    names.addAll(partitions());
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, type(name).orElseThrow(), true);
    }
    return schema;
  }

  @Override
  public Optional<DataType> type(String name) {
    Optional<DataType> common = Optional.empty();
    String first = null;
    for (Map.Entry<StructType, List<String>> some : files.entrySet()) {
      Optional<DataType> type = find(name, some.getKey()).map(ColumnPath::type);
      if (type.isEmpty()) {
        continue;
      }
      Optional<DataType> wider =
          common.isEmpty() ? type : ColumnTypes.common(common.get(), type.get());
      if (wider.isEmpty()) {
        throw new IllegalArgumentException(
            "column \"%s\" is %s in %s and %s in %s, which cannot be read as one"
                .formatted(
                    name,
                    common.get().simpleString(),
                    first,
                    type.get().simpleString(),
                    some.getValue().get(0)));
      }
      common = wider;
      first = first == null ? some.getValue().get(0) : first;
    }
    return common;
  }

  private Optional<ColumnPath> find(String name, StructType file) {
    return ColumnPath.find(name, typed(file), this::isJson);
  }

  private boolean isJson(String column) {
    return looks(List.of(column)).get(column).isJson();
  }

  /** The columns of a file as they are used: nanoseconds are timestamps, folders' names text. */
  private StructType typed(StructType file) {
    StructType typed = new StructType();
    Set<String> partitions = partitions();
    for (StructField field : file.fields()) {
      if (!partitions.contains(field.name())) {
        DataType time =
            ParquetFooter.isLocalNanos(field)
                ? DataTypes.TimestampNTZType
                : DataTypes.TimestampType;
        DataType type = ParquetFooter.isNanos(field) ? time : field.dataType();
        typed = typed.add(new StructField(field.name(), type, true, field.metadata()));
      }
    }
    for (String name : partitions) {
      typed = typed.add(name, DataTypes.StringType, true);
    }
    return typed;
  }

  @Override
  public Dataset<Row> rows(List<String> names) {
    Map<String, DataType> types = new LinkedHashMap<>();
    names.forEach(name -> types.put(name, type(name).orElseThrow()));
    Map<List<String>, List<StructType>> groups = new LinkedHashMap<>();
    files
        .keySet()
        .forEach(
            schema ->
                groups
                    .computeIfAbsent(signature(types, schema), s -> new ArrayList<>())
                    .add(schema));
    return groups.values().stream()
        .map(schemas -> rows(types, schemas))
        .filter(Objects::nonNull)
        .reduce(Dataset::union)
        .orElse(null);
  }

  /** What sets the scan of a file apart: the types of columns that have another type elsewhere. */
  private List<String> signature(Map<String, DataType> types, StructType schema) {
    List<String> signature = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          Optional<ColumnPath> own = find(name, schema);
          boolean differs = own.isPresent() && !own.get().type().equals(type);
          boolean inText = own.isPresent() && own.get().isInText(name);
          signature.add((differs ? own.get().type().simpleString() : "") + (inText ? "{}" : ""));
        });
    return signature;
  }

  private Dataset<Row> rows(Map<String, DataType> types, List<StructType> schemas) {
    Map<String, StructField> roots = new LinkedHashMap<>();
    List<Column> columns = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          Column value = lit(null);
          for (StructType schema : schemas) {
            Optional<ColumnPath> path = find(name, schema);
            if (path.isPresent()) {
              roots.merge(path.get().root().name(), path.get().root(), ParquetSource::both);
              value = as(type, value(path.get()), path.get().type());
            }
          }
          columns.add(value.cast(type).as(name));
        });
    columns.add(col(ParsedColumns.FILE));
    columns.add(col(ParsedColumns.BLOCK));
    Set<String> paths = new HashSet<>();
    schemas.forEach(schema -> paths.addAll(files.get(schema)));
    Dataset<Row> rows =
        scan.load(
            () -> spark.read().format("parquet").options(options).schema(stored(roots.values())),
            paths::contains,
            path -> true);
    return rows == null ? null : rows.select(columns.toArray(Column[]::new));
  }

  /** A number in a column that is text in other files is written as the numbers there are. */
  private Column as(DataType type, Column value, DataType own) {
    boolean fraction = own instanceof NumericType && !(own instanceof IntegralType);
    return type.equals(DataTypes.StringType) && fraction
        ? translate(value.cast(type), ".", decimal)
        : value;
  }

  private static StructField both(StructField one, StructField other) {
    DataType type = ColumnTypes.common(one.dataType(), other.dataType()).orElseThrow();
    return new StructField(one.name(), type, true, one.metadata());
  }

  /** The columns as Parquet's reader takes them, and those of folders. */
  private StructType stored(Collection<StructField> roots) {
    StructType schema = new StructType();
    for (StructField root : roots) {
      DataType type = ParquetFooter.isNanos(root) ? DataTypes.LongType : root.dataType();
      schema = schema.add(root.name(), type, true);
    }
    for (String name : partitions()) {
      schema =
          roots.stream().anyMatch(root -> root.name().equals(name))
              ? schema
              : schema.add(name, DataTypes.StringType, true);
    }
    return schema;
  }

  /** Nanoseconds are cut to microseconds, as Spark has them. */
  private static Column value(ColumnPath path) {
    if (!ParquetFooter.isNanos(path.root())) {
      return path.column();
    }
    String name = ExactName.sql(path.root().name());
    Column time = expr("timestamp_micros((%s - pmod(%s, 1000)) div 1000)".formatted(name, name));
    return time.cast(path.type());
  }

  @Override
  public Dataset<Row> rows() {
    return rows(List.of(schema().fieldNames()));
  }

  @Override
  public Map<String, ColumnLook> looks(List<String> names) {
    return TextSample.of(rows(names), names, numbers);
  }

  @Override
  public Set<String> indexes() {
    Set<String> indexes = new HashSet<>();
    files.keySet().forEach(schema -> indexes.addAll(List.of(schema.fieldNames())));
    indexes.removeIf(name -> !name.matches(INDEX));
    return indexes;
  }

  @Override
  public List<String> filesWithout(String column) {
    return files.entrySet().stream()
        .filter(some -> find(column, some.getKey()).isEmpty())
        .flatMap(some -> some.getValue().stream())
        .toList();
  }

  @Override
  public Optional<FileScan> files() {
    return Optional.of(scan);
  }
}
