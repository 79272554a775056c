package io.longcast.read;

import io.longcast.table.SnapshotFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Opens a source as Spark sees it. Text formats are read as text, so that a bad value is found in
 * its row and reported, not turned into null.
 */
final class SourceTable {
  /** Holds the raw text of a record that is not of the format. */
  static final String CORRUPT = "_corrupt_record";

  private static final int NAMES_FROM_LINES = 1000;
  private static final Set<String> WITHOUT_FILES = Set.of("delta", "jdbc");

  private final SparkSession spark;
  private final SourceSpec source;
  private final String format;

  SourceTable(SparkSession spark, SourceSpec source) {
    this.spark = spark;
    this.source = source;
    this.format = source.format().toLowerCase(Locale.ROOT);
  }

  /** True if the source is a set of files that can be listed and looked at. */
  boolean hasFiles() {
    return source.table().isEmpty() && !WITHOUT_FILES.contains(format);
  }

  /** The table or, for formats that keep their own file list, the path as the format reads it. */
  Dataset<Row> open() {
    try {
      return source.table().isPresent()
          ? spark.table(source.table().get())
          : spark
              .read()
              .format(source.format())
              .options(source.options())
              .load(source.paths().toArray(String[]::new));
    } catch (Exception failure) {
      throw unreadable(failure);
    }
  }

  /** The rows of the files under the roots, without those named as bad. */
  Dataset<Row> open(List<SourceFiles.Root> roots, Set<String> bad) {
    try {
      if (bad.isEmpty() && roots.stream().noneMatch(root -> root.isSnapshot() || root.isDeep())) {
        return load(reader(), roots.stream().map(root -> root.path().toString()).toList());
      }
      Dataset<Row> all = null;
      for (SourceFiles.Root root : roots) {
        List<String> good =
            root.files().stream()
                .filter(FileStatus::isFile)
                .map(file -> file.getPath().toString())
                .filter(path -> !bad.contains(path))
                .toList();
        if (!good.isEmpty()) {
          Dataset<Row> files = load(reader().option("basePath", base(root)), good);
          Dataset<Row> part = root.isSnapshot() ? files.drop(SnapshotFiles.WRITE) : files;
          all = all == null ? part : all.unionByName(part, true);
        }
      }
      return all;
    } catch (Exception failure) {
      throw unreadable(failure);
    }
  }

  private static String base(SourceFiles.Root root) {
    boolean file = root.files().stream().anyMatch(f -> f.getPath().equals(root.path()));
    return (file ? root.path().getParent() : root.path()).toString();
  }

  private Dataset<Row> load(DataFrameReader reader, List<String> paths) {
    String[] all = paths.toArray(String[]::new);
    return switch (format) {
      case "csv" -> reader.schema(csvSchema(all)).load(all);
      case "json" -> reader.schema(jsonSchema(all)).load(all);
      default -> reader.load(all);
    };
  }

  private DataFrameReader reader() {
    return spark.read().format(source.format()).options(options());
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    if (format.equals("csv")) {
      options.put("header", "true");
      options.put("enforceSchema", "false");
    }
    source.options().forEach((key, value) -> options.put(key, value));
    if (format.equals("csv") || format.equals("json")) {
      options.put("inferSchema", "false");
      options.put("mode", "PERMISSIVE");
      options.put("columnNameOfCorruptRecord", CORRUPT);
    }
    return options;
  }

  private StructType csvSchema(String[] paths) {
    return reader().load(paths).schema().add(CORRUPT, DataTypes.StringType, true);
  }

  /** Every name among the first lines and every name asked for, all as text. */
  private StructType jsonSchema(String[] paths) {
    Set<String> names = new TreeSet<>(jsonNames(paths, false));
    if (!names.containsAll(SourceColumns.needed(source))) {
      names.addAll(jsonNames(paths, true));
    }
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType, true);
    }
    return schema.add(CORRUPT, DataTypes.StringType, true);
  }

  private List<String> jsonNames(String[] paths, boolean whole) {
    DataFrameReader reader = reader().option("primitivesAsString", "true");
    boolean lines = !Boolean.parseBoolean(source.options().getOrDefault("multiLine", "false"));
    Dataset<Row> sample =
        whole || !lines
            ? reader.load(paths)
            : reader.json(spark.read().text(paths).limit(NAMES_FROM_LINES).as(Encoders.STRING()));
    List<String> names = new ArrayList<>(Arrays.asList(sample.schema().fieldNames()));
    names.remove(CORRUPT);
    return names;
  }

  private IllegalArgumentException unreadable(Exception failure) {
    String what =
        failure instanceof AnalysisException analysis
            ? analysis.getSimpleMessage()
            : failure.toString();
    return new IllegalArgumentException("cannot read " + source.label() + ": " + what, failure);
  }
}
