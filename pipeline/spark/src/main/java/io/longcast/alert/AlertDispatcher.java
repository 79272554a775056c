package io.longcast.alert;

import static org.apache.spark.sql.functions.col;

import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import io.longcast.table.EventsTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what the sinks do not know of the events of a model: each opening and each closing once,
 * in the order of the events. What was delivered is on disk before the next delivery; a run that is
 * killed in between repeats one delivery under the same key. One dispatcher at a time works on a
 * progress file; others wait.
 */
public final class AlertDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDispatcher.class);

  private final AlertSpec spec;
  private final List<AlertSink> sinks;
  private final AlertProgress progress;

  private AlertDispatcher(AlertSpec spec, List<AlertSink> sinks, AlertProgress progress) {
    this.spec = spec;
    this.sinks = sinks;
    this.progress = progress;
  }

  /**
   * What was done.
   *
   * @param delivered alerts, over all sinks
   * @param pending alerts that the next run tries again, over all sinks
   * @param failures why, by the name of the sink
   */
  public record Outcome(long delivered, long pending, Map<String, String> failures) {

    /** In words. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("%,d alerts delivered, %,d pending".formatted(delivered, pending));
      failures.forEach((sink, why) -> lines.add("alerts to %s: %s".formatted(sink, why)));
      return lines;
    }
  }

  /**
   * Which events.
   *
   * @param rows in the shape of {@link EventsTable}, of all models; opened while {@code table} is
   *     held, so that no other run replaces files that were listed
   * @param source the run, and the model that serves
   * @param newest time of the rows that were scored; empty where they have no time
   * @param table folder of the rows where another run may replace them while they are read, such as
   *     a stream; empty where none does
   */
  public record Events(
      Supplier<Dataset<Row>> rows,
      Alert.Source source,
      Optional<Instant> newest,
      Optional<String> table) {

    /** Events that nobody writes. */
    public Events(Dataset<Row> rows, Alert.Source source, Optional<Instant> newest) {
      this(() -> rows, source, newest, Optional.empty());
    }
  }

  /**
   * Delivers to all sinks of the settings.
   *
   * @param record file that says what was delivered
   * @throws io.longcast.files.StoredFileException if that file is damaged
   * @throws io.longcast.files.LockedException if another run delivers and does not end
   */
  public static Outcome dispatch(SparkSession spark, AlertSpec spec, String record, Events events) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Path file = new Path(record);
    FolderSystem files = FolderSystem.of(hadoop, file);
    try (WriterLock lock = WriterLock.take(files, file, WriterLock.PATIENCE)) {
      lock.requireHeld();
      AlertProgress progress = AlertProgress.open(files, file);
      AlertDispatcher dispatcher = new AlertDispatcher(spec, sinks(spark, spec), progress);
      return dispatcher.dispatch(events, dispatcher.due(files, events));
    }
  }

  private static List<AlertSink> sinks(SparkSession spark, AlertSpec spec) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<AlertSink> sinks = new ArrayList<>();
    spec.file().ifPresent(folder -> sinks.add(new FileSink(folder, hadoop)));
    spec.http().forEach(endpoint -> sinks.add(new HttpSink(spec, endpoint)));
    spec.kafka().forEach(topic -> sinks.add(new KafkaSink(spark, spec, topic)));
    return sinks;
  }

  /**
   * What may have to be delivered: openings and closings, and closings of events that are gone.
   *
   * @param held events about which there is nothing to say yet
   */
  private record Due(List<Alert> alerts, List<Alert> gone, Set<String> held) {
    /** Ids of events that later runs may look at again. */
    Set<String> known() {
      Set<String> known = new TreeSet<>(held);
      Stream.concat(alerts.stream(), gone.stream()).map(Alert::eventId).forEach(known::add);
      return known;
    }
  }

  /** Reads the events while nobody replaces them. */
  private Due due(FolderSystem files, Events events) {
    if (events.table().isEmpty()) {
      return due(events);
    }
    Path table = new Path(events.table().get());
    try (WriterLock lock = WriterLock.take(files, table, WriterLock.PATIENCE)) {
      lock.requireHeld();
      return due(events);
    }
  }

  private Due due(Events events) {
    Set<String> open = new TreeSet<>();
    sinks.forEach(sink -> open.addAll(progress.open(sink.name())));
    List<Row> rows = new ArrayList<>(recent(events, open));
    rows.forEach(row -> open.remove(row.<String>getAs(EventsTable.EVENT_ID)));
    List<Row> others = named(events, open);
    others.stream().filter(row -> isOf(row, events.source().modelId())).forEach(rows::add);
    Due due = new Due(new ArrayList<>(), new ArrayList<>(gone(events, others)), new TreeSet<>());
    rows.forEach(row -> add(row, events.source().run(), due));
    return due;
  }

  private Outcome dispatch(Events events, Due due) {
    Deliveries deliveries = new Deliveries();
    sinks.forEach(sink -> deliveries.to(sink, due.alerts(), due.gone()));
    // Where deliveries are pending, the next run must look as far back as this one.
    boolean isDone = deliveries.failures.isEmpty();
    // Never back: the record has forgotten what ended before.
    Optional<Instant> newest =
        Stream.concat(progress.seen().stream(), events.newest().stream())
            .max(Comparator.naturalOrder());
    progress.finish(isDone ? newest : progress.seen().or(events::newest), due.known());
    return new Outcome(deliveries.delivered, deliveries.pending, deliveries.failures);
  }

  /**
   * Those that ended lately, and those that some sink believes to be open. Only partitions from a
   * year before are read, because no event that ended lately is expected to have begun earlier;
   * {@link #named} finds those that have.
   */
  private List<Row> recent(Events events, Set<String> open) {
    Column known = col(EventsTable.EVENT_ID).isin(open.toArray());
    Optional<Instant> since =
        progress.seen().or(events::newest).map(seen -> seen.minus(spec.maxAge()));
    Column recent =
        since
            .map(Timestamp::from)
            .map(from -> col(EventsTable.END).isNull().or(col(EventsTable.END).geq(from)))
            .orElse(functions.lit(true));
    Column partitions =
        progress.seen().isEmpty() ? functions.lit(true) : EventsTable.mayEndAfter(since.get());
    return events
        .rows()
        .get()
        .where(col(EventsTable.MODEL_ID).equalTo(events.source().modelId()))
        .where(partitions)
        .where(recent.or(known))
        .orderBy(col(EventsTable.START), col(EventsTable.EVENT_ID))
        .collectAsList();
  }

  /** The rows of some events, of all models. */
  private static List<Row> named(Events events, Set<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : events
            .rows()
            .get()
            .where(col(EventsTable.EVENT_ID).isin(ids.toArray()))
            .orderBy(col(EventsTable.END), col(EventsTable.MODEL_ID))
            .collectAsList();
  }

  private static boolean isOf(Row row, String modelId) {
    return row.getAs(EventsTable.MODEL_ID).equals(modelId);
  }

  /** Of an event that was withdrawn only a sink that knows its opening gets the closing. */
  private static void add(Row row, String run, Due due) {
    boolean isClosed = row.getAs(EventsTable.STATE).equals(EventsTable.CLOSED);
    boolean isWithdrawn = EventsTable.WITHDRAWN.equals(row.<String>getAs(EventsTable.KIND));
    if (!isWithdrawn) {
      due.alerts().add(Alert.of(row, Alert.State.OPEN, run));
    }
    if (isClosed) {
      (isWithdrawn ? due.gone() : due.alerts()).add(Alert.of(row, Alert.State.CLOSED, run));
    } else if (isWithdrawn) {
      due.held().add(row.getAs(EventsTable.EVENT_ID));
    }
  }

  /** Closings of events that a model before this one reported and this one does not see. */
  private static List<Alert> gone(Events events, List<Row> others) {
    Alert.Source source = events.source();
    Set<String> seen =
        others.stream()
            .filter(row -> isOf(row, source.modelId()))
            .map(row -> row.<String>getAs(EventsTable.EVENT_ID))
            .collect(Collectors.toSet());
    Map<String, Alert> newest = new TreeMap<>();
    for (Row row : others) {
      Alert alert = Alert.of(row, Alert.State.CLOSED, source.run());
      if (!seen.contains(alert.eventId())) {
        newest.put(alert.eventId(), alert);
      }
    }
    return newest.values().stream().sorted(Comparator.comparing(Alert::eventId)).toList();
  }

  /** Counts what goes through. */
  private final class Deliveries {
    private final Map<String, String> failures = new TreeMap<>();
    private long delivered;
    private long pending;

    void to(AlertSink sink, List<Alert> alerts, List<Alert> gone) {
      Set<String> open = progress.open(sink.name());
      List<Alert> due =
          Stream.concat(
                  alerts.stream(), gone.stream().filter(alert -> open.contains(alert.eventId())))
              .filter(alert -> !progress.isDelivered(sink.name(), alert))
              .toList();
      int done = 0;
      try {
        while (done < due.size()) {
          int end = (int) Math.min(due.size(), (long) done + sink.batch());
          sink.deliver(due.subList(done, end));
          progress.delivered(sink.name(), due.subList(done, end));
          done = end;
        }
      } catch (UndeliveredException failed) {
        // An opening that was not delivered holds back what follows, its closing among it.
        failures.put(sink.name(), failed.getMessage());
        LOG.warn("alerts to {} are pending: {}", sink.name(), failed.getMessage());
      }
      delivered += done;
      pending += due.size() - done;
    }
  }
}
