package io.longcast.read;

import io.longcast.read.file.SourceFiles;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.ParsedColumns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Opens a source: looks at its files, and lets the format read them. */
final class SourceOpener {
  private static final String MIN_PARTITION =
      "spark.sql.adaptive.coalescePartitions.minPartitionSize";

  /**
   * Series are packed into few bytes, on which models compute for long: Spark's 1 MB is too much.
   */
  private static final String PACKED_PARTITION = "64k";

  private final SparkSession spark;
  private final SourceSpec source;
  private final String format;
  private final Set<String> skipped;

  /** Opens all files. */
  SourceOpener(SparkSession spark, SourceSpec source) {
    this(spark, source, Set.of());
  }

  /**
   * @param spark a session of the reader's own, whose settings may be changed
   * @param skipped files that are not opened, see {@link SourceWindow}
   */
  SourceOpener(SparkSession spark, SourceSpec source, Set<String> skipped) {
    this.spark = spark;
    this.source = source;
    this.skipped = skipped;
    this.format = source.format().toLowerCase(Locale.ROOT);
  }

  /** A session with the user's settings, and with those that reading needs over them. */
  static SparkSession session(SparkSession spark) {
    SparkSession own = EngineSession.copyOf(spark);
    own.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    own.conf().set("spark.sql.files.ignoreCorruptFiles", "false");
    own.conf().set("spark.sql.files.ignoreMissingFiles", "false");
    own.conf().set(EngineSession.CODEGEN_LIMIT, EngineSession.COMPILED_BYTES);
    if (!EngineSession.sets(own, MIN_PARTITION)) {
      own.conf().set(MIN_PARTITION, PACKED_PARTITION);
    }
    return own;
  }

  /**
   * Opens the source; a query's result stands for it where there is one.
   *
   * @throws IllegalArgumentException if a path is absent, a file or the whole cannot be read
   */
  OpenSource open() {
    try {
      OpenSource opened = raw();
      distinguishCase(opened.schema());
      return source.query().isEmpty() ? opened : SourceQuery.over(opened, spark, source);
    } catch (IllegalArgumentException named) {
      throw named;
    } catch (Exception failure) {
      // Scala does not declare what it throws: mostly an AnalysisException.
      throw new IllegalArgumentException(
          "cannot read " + source.label() + ": " + what(failure), failure);
    }
  }

  private static String what(Exception failure) {
    return failure instanceof AnalysisException analysis
        ? analysis.getSimpleMessage()
        : failure.toString();
  }

  private OpenSource raw() {
    if (source.table().isPresent()) {
      return typed(spark.table(source.table().get()));
    }
    if (source.isKafka()) {
      return new KafkaMessages(source).atRest(spark);
    }
    if (!source.isFiles()) {
      return typed(reader().load(source.paths().toArray(String[]::new)));
    }
    SourceFiles files = new SourceFiles(EngineSession.hadoopConf(spark), format);
    List<SourceFiles.Root> roots = files.roots(source.paths());
    FileScan scan = new FileScan(roots, source.badFiles() == SourceSpec.BadFiles.SKIP, skipped);
    scan.leaveOut(files.broken(roots, skipped));
    return switch (format) {
      case "csv" -> new TextSource(spark, source, scan, false);
      case "json" -> new TextSource(spark, source, scan, true);
      case "parquet" -> new ParquetSource(spark, source, scan);
      default -> others(scan);
    };
  }

  private OpenSource typed(Dataset<Row> rows) {
    return TableSource.of(rows, source.columns());
  }

  /**
   * Files of formats that describe themselves; folders' names are text, whatever they look like.
   */
  private OpenSource others(FileScan scan) {
    Supplier<DataFrameReader> reader = this::reader;
    if (!scan.partitions().isEmpty()) {
      StructType schema = withText(scan.load(reader, path -> true, path -> false), scan);
      reader = () -> reader().schema(schema);
    }
    Dataset<Row> rows = scan.load(reader, path -> true, path -> true);
    return new TableSource(rows, source.numberText(), Optional.of(scan));
  }

  private static StructType withText(Dataset<Row> rows, FileScan scan) {
    StructType schema = new StructType();
    for (StructField field : rows.drop(ParsedColumns.FILE, ParsedColumns.BLOCK).schema().fields()) {
      boolean folder = scan.partitions().contains(field.name());
      schema = schema.add(field.name(), folder ? DataTypes.StringType : field.dataType(), true);
    }
    return schema;
  }

  private DataFrameReader reader() {
    Map<String, String> options = new HashMap<>(source.options());
    if (format.equals("orc")) {
      options.putIfAbsent("mergeSchema", "true");
    }
    return spark.read().format(source.format()).options(options);
  }

  /**
   * Spark treats names that differ only in case as one, unless {@code spark.sql.caseSensitive} is
   * set.
   */
  private void distinguishCase(StructType schema) {
    Set<String> lower = new HashSet<>();
    for (String name : schema.fieldNames()) {
      if (!lower.add(name.toLowerCase(Locale.ROOT))) {
        spark.conf().set("spark.sql.caseSensitive", "true");
      }
    }
  }
}
