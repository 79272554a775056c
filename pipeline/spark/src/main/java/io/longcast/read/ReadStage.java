package io.longcast.read;

import io.longcast.series.SeriesLayout;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.RejectsTable;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a source. No shuffle; the rows are scanned by whoever runs the result. */
public final class ReadStage {
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
    requireUtc(spark);
    SourceTable table = new SourceTable(spark, source);
    List<SourceFiles.Inspected> bad = List.of();
    Dataset<Row> raw;
    if (table.hasFiles()) {
      SourceFiles files = new SourceFiles(hadoop(spark), source.format().toLowerCase());
      List<SourceFiles.Root> roots = files.roots(source.paths());
      bad = files.inspect(roots).stream().filter(file -> file.problem().isPresent()).toList();
      checkBadFiles(source, roots, bad);
      raw =
          table.open(
              roots, bad.stream().map(SourceFiles.Inspected::path).collect(Collectors.toSet()));
    } else {
      raw = table.open();
    }
    SeriesLayout layout = SourceColumns.layout(source, withoutCorrupt(raw).schema());
    requirePlausibleUnit(source, raw);
    Dataset<Row> parsed = new RowParser(source, layout).parse(raw);
    return new ReadResult(
        parsed, skipped(spark, source, bad), layout, source.label(), repeatedHourZone(source));
  }

  /** Looks at the first rows where times are counted since 1970. */
  private static void requirePlausibleUnit(SourceSpec source, Dataset<Row> raw) {
    TimeSpec time = source.time();
    if (!time.isEpoch() || time.names().isEmpty()) {
      return;
    }
    String counted = RowParser.inTicks(time.names().get(0));
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
   * @param source its settings of columns; format, paths and table play no part
   * @throws IllegalArgumentException if a column is missing or of a type that cannot serve
   */
  public static ReadResult read(Dataset<Row> rows, SourceSpec source) {
    requireUtc(rows.sparkSession());
    SeriesLayout layout = SourceColumns.layout(source, rows.schema());
    return new ReadResult(
        new RowParser(source, layout).parse(rows),
        skipped(rows.sparkSession(), source, List.of()),
        layout,
        "dataframe",
        repeatedHourZone(source));
  }

  /**
   * Checks that the columns which the settings name are there and can serve.
   *
   * @throws IllegalArgumentException naming each that is missing or of a type that cannot serve
   */
  public static void requireColumns(SourceSpec source, StructType schema) {
    SourceColumns.layout(source, schema);
  }

  /**
   * Rows with the id of their series and their time beside their own columns.
   *
   * @param id name of the id's column
   * @param micros name of the time's column, microseconds since 1970; null where it cannot be read
   */
  public static Dataset<Row> keyed(Dataset<Row> rows, SourceSpec source, String id, String micros) {
    return new RowParser(source, SourceColumns.layout(source, rows.schema()))
        .keyed(rows, id, micros);
  }

  private static Dataset<Row> withoutCorrupt(Dataset<Row> raw) {
    return raw.drop(SourceTable.CORRUPT);
  }

  private static Optional<ZoneId> repeatedHourZone(SourceSpec source) {
    boolean byOrder = source.time().repeatedHour() == TimeSpec.RepeatedHour.BY_ORDER;
    return byOrder ? Optional.of(source.time().zoneId()) : Optional.empty();
  }

  private static void requireUtc(SparkSession spark) {
    String zone = spark.conf().get(ZONE_KEY);
    if (!Set.of(UTC, "Etc/UTC", "Z", "+00:00", "GMT").contains(zone)) {
      throw new IllegalArgumentException(
          "the Spark session must run in UTC, found " + ZONE_KEY + " = " + zone);
    }
  }

  private static org.apache.hadoop.conf.Configuration hadoop(SparkSession spark) {
    return EngineSession.hadoopConf(spark);
  }

  private static void checkBadFiles(
      SourceSpec source, List<SourceFiles.Root> roots, List<SourceFiles.Inspected> bad) {
    if (bad.isEmpty()) {
      return;
    }
    long files = roots.stream().mapToLong(root -> root.files().size()).sum();
    String named =
        bad.stream()
            .limit(5)
            .map(file -> file.path() + ": " + file.problem().orElse(""))
            .collect(Collectors.joining("; "));
    String which = bad.size() + " of " + files + " files unreadable: " + named;
    if (source.badFiles() == SourceSpec.BadFiles.FAIL) {
      throw new IllegalArgumentException(
          which + " (source.badFiles = skip leaves them out and lists them)");
    }
    if (bad.size() == files) {
      throw new IllegalArgumentException("no readable file in " + source.label() + ": " + which);
    }
    LOG.warn("left out {}", which);
  }

  private static Dataset<Row> skipped(
      SparkSession spark, SourceSpec source, List<SourceFiles.Inspected> bad) {
    List<Row> rows = new ArrayList<>();
    for (SourceFiles.Inspected file : bad) {
      rows.add(
          RowFactory.create(
              source.label(), "file", file.path(), null, null, file.problem().orElse(null), null));
    }
    return spark.createDataFrame(rows, RejectsTable.SCHEMA);
  }
}
