package io.longcast.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.files.FolderSystem;
import io.longcast.files.StoredFileException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * What was delivered to which sink, kept in a small file that is replaced atomically after each
 * delivery. A process that dies between a delivery and this file repeats that delivery under the
 * same key. Bounded: events that no run looks at any more are forgotten.
 */
final class AlertProgress {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int MAX_BYTES = 1 << 26;
  private static final int VERSION = 1;

  private final FolderSystem files;
  private final Path file;
  private Stored stored;

  private AlertProgress(FolderSystem files, Path file, Stored stored) {
    this.files = files;
    this.file = file;
    this.stored = stored;
  }

  /**
   * What the file holds.
   *
   * @param version of the format
   * @param seen newest time of the rows at the last run, as ISO 8601; null before the first
   * @param delivered keys of alerts by sink
   */
  record Stored(
      @JsonProperty("version") int version,
      @JsonProperty("seen") String seen,
      @JsonProperty("delivered") Map<String, Set<String>> delivered) {}

  /**
   * Reads the progress of a run, or starts one.
   *
   * @throws StoredFileException if the file is damaged
   */
  static AlertProgress open(FolderSystem files, Path file) {
    if (!files.exists(file)) {
      return new AlertProgress(files, file, new Stored(VERSION, null, new TreeMap<>()));
    }
    try {
      Stored found = JSON.readValue(files.read(file, MAX_BYTES), Stored.class);
      if (found.version() != VERSION || found.delivered() == null) {
        throw new StoredFileException(file, "it has version " + found.version());
      }
      return new AlertProgress(files, file, found);
    } catch (IOException damaged) {
      throw new StoredFileException(
          file, "it is no record of delivered alerts; delete it to report recent events anew");
    }
  }

  /** Newest time of the rows at the last run. */
  Optional<Instant> seen() {
    return Optional.ofNullable(stored.seen()).map(Instant::parse);
  }

  boolean isDelivered(String sink, Alert alert) {
    return stored.delivered().getOrDefault(sink, Set.of()).contains(alert.key());
  }

  /** Ids of events that a sink knows to be open and not to be closed. */
  Set<String> open(String sink) {
    Set<String> keys = stored.delivered().getOrDefault(sink, Set.of());
    Set<String> open = new TreeSet<>(events(keys, Alert.State.OPEN));
    open.removeAll(events(keys, Alert.State.CLOSED));
    return open;
  }

  private static Set<String> events(Set<String> keys, Alert.State state) {
    return keys.stream()
        .filter(key -> key.endsWith("-" + state.word()))
        .map(AlertProgress::event)
        .collect(Collectors.toSet());
  }

  private static String event(String key) {
    return key.substring(0, key.lastIndexOf('-'));
  }

  /** Keeps a delivery; when this returns it is on disk. */
  void delivered(String sink, Iterable<Alert> alerts) {
    Set<String> keys = stored.delivered().computeIfAbsent(sink, none -> new TreeSet<>());
    alerts.forEach(alert -> keys.add(alert.key()));
    save();
  }

  /**
   * The end of a run.
   *
   * @param newest time of its rows
   * @param events that later runs may look at again
   */
  void finish(Optional<Instant> newest, Set<String> events) {
    Map<String, Set<String>> kept = new TreeMap<>();
    stored
        .delivered()
        .forEach(
            (sink, keys) -> {
              Set<String> left = new TreeSet<>(keys);
              left.removeIf(key -> !events.contains(event(key)));
              kept.put(sink, left);
            });
    String seen = newest.map(Instant::toString).orElse(stored.seen());
    stored = new Stored(VERSION, seen, kept);
    save();
  }

  private void save() {
    files.makeFolder(file.getParent());
    files.replace(file, FolderSystem.bytes(Alert.json(stored) + "\n"));
  }
}
