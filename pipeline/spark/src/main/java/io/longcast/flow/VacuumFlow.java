package io.longcast.flow;

import io.longcast.settings.SettingException;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.TableShape;
import io.longcast.write.OutputSpec;
import io.longcast.write.TableSink;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Deletes what {@code output.retention} no longer keeps: whole partitions, so that no file is
 * rewritten. The age of a period is counted back from the newest one of its table, not from the
 * clock, so that a table of old data keeps as much as one of new data.
 */
public final class VacuumFlow {
  private static final List<TableShape> TABLES =
      List.of(ForecastsTable.TABLE, AnomaliesTable.TABLE, EventsTable.TABLE);

  private VacuumFlow() {}

  /**
   * Deletes old partitions.
   *
   * @param dryRun whether to say only what would be deleted
   * @param more tables beside forecasts, anomalies and events
   * @return the partitions by table
   * @throws IllegalArgumentException if no retention is set
   */
  public static Map<String, List<String>> run(
      SparkSession spark, OutputSpec output, boolean dryRun, TableShape... more) {
    if (output.retention().isZero()) {
      throw new SettingException(
          "output.retention",
          "nothing is ever deleted with output.retention = 0: set how long rows are kept, such as"
              + " output.retention = 400 days");
    }
    TableSink sink = TableSink.open(spark, output, more);
    Map<String, List<String>> deleted = new LinkedHashMap<>();
    for (TableShape table : Stream.concat(TABLES.stream(), Stream.of(more)).toList()) {
      List<String> old = old(sink.partitions(table), output.retention().toDays());
      if (!dryRun && !old.isEmpty()) {
        sink.deletePartitions(table, old::contains);
      }
      deleted.put(table.name(), old);
    }
    return deleted;
  }

  /**
   * The partitions all of whose rows lie before the cutoff: those that are followed by one that
   * begins at or before it. A partition without a time is kept.
   *
   * @param days that are kept before the newest period
   */
  static List<String> old(List<String> partitions, long days) {
    NavigableSet<LocalDate> starts = new TreeSet<>();
    partitions.forEach(partition -> start(partition).ifPresent(starts::add));
    List<String> old = new ArrayList<>();
    for (String partition : partitions) {
      Optional<LocalDate> next = start(partition).map(starts::higher);
      if (next.isPresent() && !next.get().isAfter(starts.last().minusDays(days))) {
        old.add(partition);
      }
    }
    return old;
  }

  private static Optional<LocalDate> start(String partition) {
    String value = partition.substring(partition.lastIndexOf('=') + 1);
    return value.matches("\\d{4}-\\d{2}-\\d{2}")
        ? Optional.of(LocalDate.parse(value))
        : Optional.empty();
  }
}
