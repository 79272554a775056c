package io.longcast.read;

import io.longcast.series.SeriesLayout;
import io.longcast.table.ExactName;
import io.longcast.table.ObservationsTable;
import io.longcast.table.RejectsTable;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a source. No shuffle; the rows are scanned by whoever runs the result. */
public final class ReadStage {
  /** What stands for a DataFrame where a source is named. */
  public static final String DATA_FRAME = "the DataFrame";

  private static final Logger LOG = LoggerFactory.getLogger(ReadStage.class);
  private static final String UTC = "UTC";
  private static final int UNIT_SAMPLE = 20;
  private static final String ZONE_KEY = "spark.sql.session.timeZone";

  private ReadStage() {}

  /**
   * Opens a source, checks its paths, files and columns, and describes its rows.
   *
   * @throws IllegalArgumentException if a path is absent, a file is unreadable, a column is missing
   *     or of a type that cannot serve; the message names each
   */
  public static ReadResult read(SparkSession spark, SourceSpec source) {
    return read(spark, source, SourceWindow.ALL);
  }

  /** The same of a part of the source. */
  public static ReadResult read(SparkSession spark, SourceSpec source, SourceWindow window) {
    requireUtc(spark);
    OpenSource opened =
        new SourceOpener(SourceOpener.session(spark), source, window.skipped()).open();
    requireGood(source, opened);
    SeriesLayout layout = new SourceColumns(source.columns(), source.label(), opened).layout();
    Dataset<Row> raw =
        window.pushed(
            opened.rows(columns(source.columns(), opened, layout)), opened, source.time());
    requireGood(source, opened);
    requirePlausibleUnit(source, raw);
    Dataset<Row> parsed = new RowParser(source.columns(), source.format(), layout).parse(raw);
    return new ReadResult(
        window.of(parsed, layout),
        skipped(spark, source.label(), leftOut(opened)),
        layout,
        source.label(),
        repeatedHourZone(source.time()));
  }

  /**
   * Describes the rows of a source as they arrive.
   *
   * @throws IllegalArgumentException if the source cannot be a stream, or lacks a column
   */
  public static ReadResult stream(SparkSession spark, SourceSpec source) {
    requireUtc(spark);
    OpenSource opened = new ArrivingSource(ArrivingSource.session(spark), source).open();
    SeriesLayout layout = new SourceColumns(source.columns(), source.label(), opened).layout();
    Dataset<Row> raw = opened.rows(columns(source.columns(), opened, layout));
    return new ReadResult(
        new RowParser(source.columns(), source.format(), layout).parse(raw),
        skipped(spark, source.label(), Map.of()),
        layout,
        source.label(),
        repeatedHourZone(source.time()));
  }

  /** Looks at the first rows where times are counted since 1970. */
  private static void requirePlausibleUnit(SourceSpec source, Dataset<Row> raw) {
    TimeSpec time = source.time();
    if (!time.isEpoch() || time.names().isEmpty()) {
      return;
    }
    String counted = ExactName.sql(time.names().get(0));
    if (raw.schema().apply(time.names().get(0)).dataType().equals(DataTypes.TimestampType)) {
      return;
    }
    List<BigDecimal> first =
        raw
            .select(functions.expr("try_cast(%s as decimal(26, 6))".formatted(counted)))
            .limit(UNIT_SAMPLE)
            .collectAsList()
            .stream()
            .map(row -> row.getDecimal(0))
            .filter(Objects::nonNull)
            .toList();
    EpochUnit.of(time.format())
        .problem(first)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "implausible times in " + source.label() + ": " + problem);
            });
  }

  /**
   * Describes the rows of a DataFrame, whose session must run in UTC.
   *
   * @throws IllegalArgumentException if a column is missing or of a type that cannot serve
   */
  public static ReadResult read(Dataset<Row> rows, SeriesColumns columns) {
    requireUtc(rows.sparkSession());
    OpenSource opened = TableSource.of(rows, columns);
    SeriesLayout layout = layout(columns, opened);
    Dataset<Row> raw = opened.rows(columns(columns, opened, layout));
    return new ReadResult(
        new RowParser(columns, DATA_FRAME, layout).parse(raw),
        skipped(rows.sparkSession(), DATA_FRAME, Map.of()),
        layout,
        DATA_FRAME,
        repeatedHourZone(columns.time()));
  }

  /**
   * Checks that the columns which the settings name are there and can serve.
   *
   * @throws IllegalArgumentException naming each that is missing or of a type that cannot serve
   */
  public static void requireColumns(SeriesColumns columns, StructType schema) {
    layout(columns, TableSource.of(schema, columns));
  }

  /**
   * Rows with the id of their series and their time beside their own columns.
   *
   * @param id name of the id's column
   * @param micros name of the time's column, microseconds since 1970; null where it cannot be read
   */
  public static Dataset<Row> keyed(
      Dataset<Row> rows, SeriesColumns columns, String id, String micros) {
    SeriesLayout layout = layout(columns, TableSource.of(rows, columns));
    return new RowParser(columns, DATA_FRAME, layout).keyed(rows, id, micros);
  }

  private static SeriesLayout layout(SeriesColumns columns, OpenSource rows) {
    return new SourceColumns(columns, DATA_FRAME, rows).layout();
  }

  /** The columns of the layout and, where the source numbers its rows, that one. */
  private static List<String> columns(
      SeriesColumns columns, OpenSource opened, SeriesLayout layout) {
    Set<String> names = new LinkedHashSet<>(columns.needed());
    names.addAll(layout.channels());
    // Text never numbers rows as an integer, and a key sought in vain costs a scan of all JSON.
    StructType schema = opened.schema();
    if (schema.getFieldIndex(ObservationsTable.ROW).isDefined()
        && schema.apply(ObservationsTable.ROW).dataType() instanceof IntegralType) {
      names.add(ObservationsTable.ROW);
    }
    return List.copyOf(names);
  }

  private static Optional<ZoneId> repeatedHourZone(TimeSpec time) {
    boolean byOrder = time.repeatedHour() == TimeSpec.RepeatedHour.BY_ORDER;
    return byOrder ? Optional.of(time.zoneId()) : Optional.empty();
  }

  private static void requireUtc(SparkSession spark) {
    String zone = spark.conf().get(ZONE_KEY);
    if (!Set.of(UTC, "Etc/UTC", "Z", "+00:00", "GMT").contains(zone)) {
      throw new IllegalArgumentException(
          "the Spark session must run in UTC, found " + ZONE_KEY + " = " + zone);
    }
  }

  private static Map<String, String> leftOut(OpenSource opened) {
    return opened.files().map(FileScan::leftOut).orElse(Map.of());
  }

  private static void requireGood(SourceSpec source, OpenSource opened) {
    Map<String, String> bad = leftOut(opened);
    if (bad.isEmpty()) {
      return;
    }
    long files = opened.files().map(FileScan::fileCount).orElseThrow();
    String named =
        bad.entrySet().stream()
            .limit(5)
            .map(file -> file.getKey() + ": " + file.getValue())
            .collect(Collectors.joining("; "));
    String which = "%d of %d files unreadable: %s".formatted(bad.size(), files, named);
    if (source.badFiles() == SourceSpec.BadFiles.FAIL) {
      throw new IllegalArgumentException(
          which + " (source.badFiles = skip leaves them out and lists them)");
    }
    if (bad.size() == files) {
      throw new IllegalArgumentException("no readable file in " + source.label() + ": " + which);
    }
  }

  private static Dataset<Row> skipped(
      SparkSession spark, String source, Map<String, String> leftOut) {
    List<Row> rows = new ArrayList<>();
    leftOut.forEach(
        (file, problem) -> {
          LOG.warn("left out {}: {}", file, problem);
          rows.add(RowFactory.create(source, "file", file, null, null, problem, null));
        });
    return spark.createDataFrame(rows, RejectsTable.SCHEMA);
  }
}
