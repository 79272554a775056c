package io.longcast.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.files.FolderSystem;
import io.longcast.files.StoredFileException;
import io.longcast.files.StoredNames;
import io.longcast.train.round.Floats;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in a folder of any Hadoop file system, one folder each. A checkpoint exists once its
 * {@code manifest.json}, written last and moved into place as one file, lists the hashes of the
 * others, which are on disk by then: a writer that is killed earlier leaves nothing that would be
 * read, on object stores as well. Only folders and files that a checkpoint has are ever read or
 * deleted.
 */
final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FORMAT = 2;

  /** Recoveries were sentences; the rest is as in format 2. */
  private static final int FORMAT_WITH_TEXTS = 1;

  private static final String MANIFEST = "manifest.json";
  private static final String STATE = "state.json";
  private static final String PARAMETERS = "parameters.bin";
  private static final String VELOCITY = "velocity.bin";
  private static final String BEST = "best.bin";
  private static final Pattern FOLDER = Pattern.compile("round-\\d{9,18}");
  private static final Pattern PART =
      Pattern.compile("state\\.json|(?:parameters|velocity|best|updater-\\d{1,6})\\.bin");

  /** What a checkpoint may leave in its folder, with the sums of files that Hadoop writes. */
  private static final Pattern OWN =
      Pattern.compile(
          "\\.?(?:manifest\\.json|" + PART.pattern() + ")(?:\\.fresh|\\.draft)?(?:\\.crc)?");

  private static final int MAX_MANIFEST = 1 << 24;
  private static final int MAX_PART = Integer.MAX_VALUE - 16;

  private final Path folder;
  private final FolderSystem files;
  private final int retained;

  CheckpointStore(String folder, int retained, Configuration hadoop) {
    this.folder = new Path(folder);
    this.retained = retained;
    files = FolderSystem.of(hadoop, this.folder);
  }

  /**
   * What was saved.
   *
   * @param state of the run
   * @param identity settings, data and numerics of the run
   * @param path where it lies
   */
  record Saved(TrainingState state, Map<String, String> identity, String path) {}

  /** The manifest's content. */
  record Manifest(int format, Map<String, String> files) {}

  /** The state's part that is text. */
  record Text(
      Map<String, String> identity,
      TrainingPosition cursor,
      int updaters,
      List<RoundRecord> history) {}

  /** Saves a state and removes the checkpoints beyond those retained. */
  void save(TrainingState state, Map<String, String> identity) {
    Path target = new Path(folder, "round-%09d".formatted(state.cursor().round()));
    remove(target);
    files.makeFolder(target);
    Map<String, String> hashes = new TreeMap<>();
    parts(state, identity)
        .forEach(
            (name, bytes) -> {
              files.write(new Path(target, name), bytes);
              hashes.put(name, Floats.sha256(bytes));
            });
    files.replace(new Path(target, MANIFEST), json(new Manifest(FORMAT, hashes)));
    folders().skip(retained).filter(old -> !old.equals(target)).forEach(this::remove);
  }

  private static Map<String, byte[]> parts(TrainingState state, Map<String, String> identity) {
    Map<String, byte[]> parts = new TreeMap<>();
    parts.put(
        STATE, json(new Text(identity, state.cursor(), state.updaters().size(), state.history())));
    parts.put(PARAMETERS, Floats.toBytes(state.parameters()));
    parts.put(VELOCITY, Floats.toBytes(state.velocity()));
    parts.put(BEST, Floats.toBytes(state.best()));
    for (int i = 0; i < state.updaters().size(); i++) {
      parts.put(updater(i), Floats.toBytes(state.updaters().get(i)));
    }
    return parts;
  }

  private static String updater(int index) {
    return "updater-" + index + ".bin";
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a checkpoint cannot be written as JSON", e);
    }
  }

  /** Removes every checkpoint of the folder. */
  void clear() {
    List<Path> all = folders().toList();
    all.forEach(this::remove);
    if (!all.isEmpty()) {
      LOG.info("removed {} checkpoints of an earlier run from {}", all.size(), folder);
    }
  }

  /** The manifest first, so that nothing is read in part; a folder with other files stays. */
  private void remove(Path checkpoint) {
    files.delete(new Path(checkpoint, MANIFEST));
    for (FileStatus file : files.list(checkpoint)) {
      if (file.isFile() && OWN.matcher(file.getPath().getName()).matches()) {
        files.delete(file.getPath());
      }
    }
    if (!files.deleteEmpty(checkpoint)) {
      LOG.warn("{} is kept: it has files that are not part of a checkpoint", checkpoint);
    }
  }

  /**
   * The newest whole checkpoint; damaged and unfinished ones are passed over with a warning, and so
   * are those that cannot be read now or by this build, as long as an older one is whole.
   *
   * @throws UncheckedIOException if none is whole and the newest other one cannot be read, which
   *     may pass
   * @throws IllegalArgumentException the same for one that another build wrote
   */
  Optional<Saved> newest() {
    Optional<RuntimeException> unreadable = Optional.empty();
    for (Path path : folders().toList()) {
      try {
        return Optional.of(read(path));
      } catch (StoredFileException damaged) {
        LOG.warn("passing over the checkpoint {}: {}", path, damaged.getMessage());
      } catch (UncheckedIOException | IllegalArgumentException failure) {
        LOG.warn("passing over the checkpoint {}: {}", path, failure.getMessage());
        unreadable = unreadable.or(() -> Optional.of(failure));
      }
    }
    unreadable.ifPresent(
        failure -> {
          throw failure;
        });
    return Optional.empty();
  }

  /** Newest first. */
  private Stream<Path> folders() {
    return files.list(folder).stream()
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .filter(path -> FOLDER.matcher(path.getName()).matches() && !files.isLink(path))
        .sorted(Comparator.comparingLong(CheckpointStore::round).reversed());
  }

  private static long round(Path folder) {
    return Long.parseLong(folder.getName().substring("round-".length()));
  }

  private Saved read(Path path) {
    Path list = new Path(path, MANIFEST);
    Manifest manifest = parsed(bytes(list, MAX_MANIFEST), Manifest.class, list);
    if (manifest.files() == null) {
      throw new StoredFileException(list, "it lists no files");
    }
    if (manifest.format() < FORMAT_WITH_TEXTS || manifest.format() > FORMAT) {
      throw unreadable(path, manifest.format(), "this build reads formats 1 to " + FORMAT);
    }
    Map<String, byte[]> parts = new TreeMap<>();
    manifest
        .files()
        .forEach(
            (name, hash) -> {
              Path part = new Path(path, StoredNames.name(name, PART, list));
              files.requireNoLink(part, "");
              byte[] bytes = bytes(part, MAX_PART);
              if (!Floats.sha256(bytes).equals(hash)) {
                throw new StoredFileException(part, "it is damaged: its hash is another one");
              }
              parts.put(name, bytes);
            });
    if (manifest.format() == FORMAT_WITH_TEXTS) {
      requireNoRecoveries(part(parts, STATE, path), path);
    }
    return saved(parts, path);
  }

  private static void requireNoRecoveries(byte[] state, Path path) {
    JsonNode tree = parsed(state, JsonNode.class, new Path(path, STATE));
    if (!tree.path("cursor").path("recoveries").isEmpty()) {
      throw unreadable(
          path, FORMAT_WITH_TEXTS, "which this build reads only where no round had failed");
    }
  }

  private static IllegalArgumentException unreadable(Path path, int format, String reason) {
    return new IllegalArgumentException(
        "checkpoint %s has format %d, %s; resume with the build that wrote it, or start afresh"
            .formatted(path, format, reason));
  }

  private static Saved saved(Map<String, byte[]> parts, Path path) {
    Path file = new Path(path, STATE);
    Text text = parsed(part(parts, STATE, path), Text.class, file);
    if (text.identity() == null || text.cursor() == null || text.history() == null) {
      throw new StoredFileException(file, "it is not the state of a training");
    }
    List<float[]> updaters = new ArrayList<>();
    for (int i = 0; i < text.updaters(); i++) {
      updaters.add(floats(parts, updater(i), path));
    }
    TrainingState state =
        new TrainingState(
            text.cursor(),
            floats(parts, PARAMETERS, path),
            updaters,
            floats(parts, VELOCITY, path),
            floats(parts, BEST, path),
            text.history());
    return new Saved(state, text.identity(), path.toString());
  }

  private static float[] floats(Map<String, byte[]> parts, String name, Path path) {
    return Floats.fromBytes(part(parts, name, path));
  }

  private static byte[] part(Map<String, byte[]> parts, String name, Path path) {
    byte[] bytes = parts.get(name);
    if (bytes == null) {
      throw new StoredFileException(new Path(path, MANIFEST), "it does not list " + name);
    }
    return bytes;
  }

  private static <T> T parsed(byte[] json, Class<T> type, Path file) {
    try {
      T value = JSON.readValue(json, type);
      if (value == null) {
        throw new StoredFileException(file, "it is empty");
      }
      return value;
    } catch (IOException broken) {
      throw new StoredFileException(file, "it is damaged: " + broken.getClass().getSimpleName());
    }
  }

  private byte[] bytes(Path path, int maxBytes) {
    try {
      return files.read(path, maxBytes);
    } catch (UncheckedIOException failure) {
      if (failure.getCause() instanceof FileNotFoundException) {
        throw new StoredFileException(path, "it is missing");
      }
      throw failure;
    }
  }
}
