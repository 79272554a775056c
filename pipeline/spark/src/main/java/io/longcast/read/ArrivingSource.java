package io.longcast.read;

import static org.apache.spark.sql.functions.col;

import io.longcast.read.text.CsvFileFormat;
import io.longcast.read.text.JsonFileFormat;
import io.longcast.read.text.TextColumns;
import io.longcast.read.text.TextOptions;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.StructType;

/**
 * Opens a source as a stream: files that are added to folders, messages of a topic, rows of a
 * table. Nothing is read to find out what the rows look like, except the schema of files that are
 * there in a format that describes itself.
 */
final class ArrivingSource {
  private final SparkSession spark;
  private final SourceSpec source;
  private final String format;

  /**
   * @param spark a session of the reader's own
   */
  ArrivingSource(SparkSession spark, SourceSpec source) {
    this.spark = spark;
    this.source = source;
    format = source.format().toLowerCase(Locale.ROOT);
  }

  /**
   * The source.
   *
   * @throws IllegalArgumentException if it cannot be a stream, or its schema is not known
   */
  OpenSource open() {
    if (source.table().isPresent()) {
      return over(typed(spark.readStream().table(source.table().get())));
    }
    return switch (format) {
      case KafkaSpec.FORMAT -> over(new KafkaMessages(source).arriving(spark));
      case "csv" -> withoutQuery(text(CsvFileFormat.class));
      case "json" -> withoutQuery(text(JsonFileFormat.class));
      case "delta" -> over(typed(union(this::reader, false)));
      default -> over(files());
    };
  }

  private OpenSource over(OpenSource opened) {
    return source.query().isEmpty() ? opened : SourceQuery.over(opened, spark, source);
  }

  private OpenSource withoutQuery(OpenSource opened) {
    if (source.query().isPresent()) {
      throw new SettingException(
          List.of("source.query", "source.format"),
          "a stream of %s files is read by the columns that the settings name: expected no"
                  .formatted(format)
              + " source.query");
    }
    return opened;
  }

  private OpenSource typed(Dataset<Row> rows) {
    return TableSource.of(rows, source.columns());
  }

  /** Text with its record, by the columns that the settings name. */
  private OpenSource text(Class<?> as) {
    TextOptions options =
        new TextOptions(
            source.options(),
            List.copyOf(source.columns().needed()),
            source.csv().headerLine(),
            source.csv().unitRows(),
            false);
    StructType schema = TextColumns.schema(source.columns().needed());
    Supplier<DataStreamReader> reader =
        () -> spark.readStream().format(as.getName()).schema(schema).options(options.toMap());
    return new TextTable(union(reader, true), source.numberText());
  }

  private OpenSource files() {
    StructType schema = schema();
    Dataset<Row> rows = union(() -> reader().schema(schema), true);
    return new TableSource(rows, source.numberText(), Optional.empty());
  }

  /** Of the files that are there. */
  private StructType schema() {
    try {
      return spark
          .read()
          .format(source.format())
          .options(source.options())
          .load(source.paths().toArray(String[]::new))
          .schema();
    } catch (Exception none) {
      // Scala does not declare what it throws: an AnalysisException where there is no file.
      throw new SettingException(
          "source.paths",
          "the columns of a stream of %s files are those of the files that are there: expected at"
                  .formatted(format)
              + " least one in "
              + String.join(", ", source.paths())
              + " ("
              + none.getMessage().lines().findFirst().orElse("")
              + ")",
          none);
    }
  }

  private DataStreamReader reader() {
    return spark.readStream().format(source.format()).options(source.options());
  }

  /** Spark's stream of files takes one path or glob. */
  private Dataset<Row> union(Supplier<DataStreamReader> reader, boolean placed) {
    List<Dataset<Row>> all = new ArrayList<>();
    for (String path : source.paths()) {
      Dataset<Row> rows = reader.get().load(ArrivingFiles.path(spark, path));
      all.add(placed ? placed(rows) : rows);
    }
    return all.stream().reduce(Dataset::unionByName).orElseThrow();
  }

  private static Dataset<Row> placed(Dataset<Row> rows) {
    return rows.select(
        col("*"),
        col("_metadata.file_path").as(ParsedColumns.FILE),
        col("_metadata.file_block_start").as(ParsedColumns.BLOCK));
  }

  /** A session for streams, with the settings that reading needs. */
  static SparkSession session(SparkSession spark) {
    SparkSession own = EngineSession.copyOf(spark);
    own.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    own.conf().set("spark.sql.files.ignoreCorruptFiles", "false");
    return own;
  }
}
