package io.longcast.flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.files.FolderSystem;
import io.longcast.files.StoredFileException;
import io.longcast.read.SourceWindow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Which files of a source earlier runs have read and up to which time, in one small file that is
 * replaced atomically at the end of a run. A run that is killed reads again what it had read. A
 * file of another length or modification time counts as new; so does every file of another source.
 */
final class SourceLedger {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int MAX_BYTES = 1 << 28;
  private static final int VERSION = 1;

  private final FolderSystem files;
  private final Path file;
  private final Stored stored;

  private SourceLedger(FolderSystem files, Path file, Stored stored) {
    this.files = files;
    this.file = file;
    this.stored = stored;
  }

  /**
   * What the file holds.
   *
   * @param version of the format
   * @param source that was read
   * @param reached time up to which a model has served, by its id, as ISO 8601
   * @param files that were read
   */
  record Stored(
      @JsonProperty("version") int version,
      @JsonProperty("source") String source,
      @JsonProperty("reached") Map<String, String> reached,
      @JsonProperty("files") Map<String, ReadFile> files) {}

  /**
   * A file that was read.
   *
   * @param length in bytes
   * @param modified milliseconds since 1970
   * @param newest time of its newest good row as ISO 8601; null without one
   */
  record ReadFile(
      @JsonProperty("length") long length,
      @JsonProperty("modified") long modified,
      @JsonProperty("newest") String newest) {

    boolean is(FileStatus status) {
      return length == status.getLen() && modified == status.getModificationTime();
    }

    /** Of files without a good row the earliest time there is. */
    Instant newestRow() {
      return newest == null ? Instant.MIN : Instant.parse(newest);
    }
  }

  /**
   * Reads what is known of a source.
   *
   * @param source as its tables name it
   * @throws StoredFileException if the file is damaged
   */
  static SourceLedger open(FolderSystem files, Path file, String source) {
    Stored none = new Stored(VERSION, source, new TreeMap<>(), new TreeMap<>());
    if (!files.exists(file)) {
      return new SourceLedger(files, file, none);
    }
    try {
      Stored found = JSON.readValue(files.read(file, MAX_BYTES), Stored.class);
      if (found.version() != VERSION || found.files() == null || found.reached() == null) {
        throw new StoredFileException(file, "it has version " + found.version());
      }
      found.reached().values().forEach(Instant::parse);
      found.files().values().forEach(ReadFile::newestRow);
      return new SourceLedger(files, file, source.equals(found.source()) ? found : none);
    } catch (IOException | DateTimeException damaged) {
      throw new StoredFileException(
          file, "it is no record of files that were read; delete it to read all of them again");
    }
  }

  /**
   * What a run has to read.
   *
   * @param listed all files of the source; empty for a source without files
   * @param modelId of the model that serves; one that has not served yet reads everything
   * @param lookback time before the newest rows that the model has served; empty: everything
   * @param until see {@link SourceWindow}
   */
  SourceWindow window(
      List<FileStatus> listed, String modelId, Optional<Duration> lookback, Instant until) {
    Optional<Instant> from =
        Optional.ofNullable(stored.reached().get(modelId))
            .map(Instant::parse)
            .flatMap(reached -> lookback.map(reached::minus));
    Set<String> fresh = new HashSet<>();
    Set<String> old = new HashSet<>();
    for (FileStatus status : listed) {
      String path = status.getPath().toString();
      Optional<ReadFile> known =
          Optional.ofNullable(stored.files().get(path)).filter(each -> each.is(status));
      if (known.isEmpty()) {
        fresh.add(path);
      } else if (from.isPresent() && known.get().newestRow().isBefore(from.get())) {
        old.add(path);
      }
    }
    if (old.size() == listed.size()) {
      // A source has to be opened to be described: its newest file serves.
      listed.stream()
          .map(status -> status.getPath().toString())
          .max(Comparator.comparing((String path) -> stored.files().get(path).newestRow()))
          .ifPresent(old::remove);
    }
    return new SourceWindow(old, fresh, from, Optional.of(until));
  }

  /**
   * The end of a run.
   *
   * @param listed the files that there were at its beginning; others are forgotten
   * @param newest time of the newest good row of those that were new
   * @param modelId the model that served
   * @param reached time up to which it served; empty where that is unknown
   */
  void finish(
      List<FileStatus> listed,
      Map<String, Instant> newest,
      String modelId,
      Optional<Instant> reached) {
    Map<String, ReadFile> read = new TreeMap<>();
    for (FileStatus status : listed) {
      String path = status.getPath().toString();
      ReadFile known = stored.files().get(path);
      boolean isKnown = known != null && known.is(status);
      String time =
          isKnown
              ? known.newest()
              : Optional.ofNullable(newest.get(path)).map(Instant::toString).orElse(null);
      read.put(path, new ReadFile(status.getLen(), status.getModificationTime(), time));
    }
    Map<String, String> times = new TreeMap<>(stored.reached());
    reached.ifPresent(time -> times.put(modelId, time.toString()));
    files.makeFolder(file.getParent());
    files.replace(file, bytes(new Stored(VERSION, stored.source(), times, read)));
  }

  private static byte[] bytes(Stored stored) {
    try {
      return JSON.writeValueAsBytes(stored);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot be written as JSON: " + stored, impossible);
    }
  }
}
