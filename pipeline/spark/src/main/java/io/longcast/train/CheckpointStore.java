package io.longcast.train;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.train.round.Floats;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in a folder of any Hadoop file system, one folder each. A checkpoint exists once its
 * {@code manifest.json}, written last and moved into place as one file, lists the hashes of the
 * others: a writer that dies before leaves nothing that would be read, on object stores as well.
 */
final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 2;

  /** Recoveries were sentences; the rest is as in format 2. */
  private static final int FORMAT_WITH_TEXTS = 1;

  private static final String PREFIX = "round-";

  private final Path folder;
  private final FileSystem files;
  private final int retained;

  CheckpointStore(String folder, int retained, Configuration hadoop) {
    this.folder = new Path(folder);
    this.retained = retained;
    try {
      files = this.folder.getFileSystem(hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach the checkpoint folder " + folder, e);
    }
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
    Path target = new Path(folder, String.format("%s%09d", PREFIX, state.cursor().round()));
    try {
      files.delete(target, true);
      Map<String, String> hashes = new TreeMap<>();
      for (Map.Entry<String, byte[]> part : parts(state, identity).entrySet()) {
        write(new Path(target, part.getKey()), part.getValue());
        hashes.put(part.getKey(), Floats.sha256(part.getValue()));
      }
      commit(target, new Manifest(FORMAT, hashes));
      retain(target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint " + target, e);
    }
  }

  private static Map<String, byte[]> parts(TrainingState state, Map<String, String> identity)
      throws IOException {
    Map<String, byte[]> parts = new TreeMap<>();
    Text text = new Text(identity, state.cursor(), state.updaters().size(), state.history());
    parts.put("state.json", JSON.writeValueAsBytes(text));
    parts.put("parameters.bin", Floats.toBytes(state.parameters()));
    parts.put("velocity.bin", Floats.toBytes(state.velocity()));
    parts.put("best.bin", Floats.toBytes(state.best()));
    for (int i = 0; i < state.updaters().size(); i++) {
      parts.put("updater-" + i + ".bin", Floats.toBytes(state.updaters().get(i)));
    }
    return parts;
  }

  private void commit(Path target, Manifest manifest) throws IOException {
    Path draft = new Path(target, "manifest.json.draft");
    write(draft, JSON.writeValueAsBytes(manifest));
    if (!files.rename(draft, new Path(target, "manifest.json"))) {
      throw new IOException("cannot move " + draft + " into place");
    }
  }

  private void write(Path path, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = files.create(path, true)) {
      out.write(bytes);
    }
  }

  private void retain(Path newest) throws IOException {
    List<Path> all = folders();
    List<Path> old = new ArrayList<>(all.subList(Math.min(retained, all.size()), all.size()));
    old.remove(newest);
    for (Path path : old) {
      files.delete(path, true);
    }
  }

  /** Removes every checkpoint of the folder. */
  void clear() {
    try {
      List<Path> all = folders();
      for (Path path : all) {
        files.delete(path, true);
      }
      if (!all.isEmpty()) {
        LOG.info("removed {} checkpoints of an earlier run from {}", all.size(), folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear the checkpoint folder " + folder, e);
    }
  }

  /** The newest whole checkpoint; damaged and unfinished ones are passed over with a warning. */
  Optional<Saved> newest() {
    try {
      for (Path path : folders()) {
        Optional<Saved> saved = read(path);
        if (saved.isPresent()) {
          return saved;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkpoint folder " + folder, e);
    }
  }

  /** Newest first. */
  private List<Path> folders() throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .filter(FileStatus::isDirectory)
          .map(FileStatus::getPath)
          .filter(path -> path.getName().matches(PREFIX + "\\d+"))
          .sorted(Comparator.comparing(Path::getName).reversed())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private Optional<Saved> read(Path path) throws IOException {
    Path manifestFile = new Path(path, "manifest.json");
    if (!files.exists(manifestFile)) {
      LOG.warn("passing over the unfinished checkpoint {}", path);
      return Optional.empty();
    }
    Manifest manifest = JSON.readValue(bytes(manifestFile), Manifest.class);
    if (manifest.format() < FORMAT_WITH_TEXTS || manifest.format() > FORMAT) {
      throw unreadable(path, manifest.format(), "this build reads formats 1 to " + FORMAT);
    }
    Map<String, byte[]> parts = new TreeMap<>();
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      byte[] bytes = bytes(new Path(path, file.getKey()));
      if (!Floats.sha256(bytes).equals(file.getValue())) {
        LOG.warn("passing over the checkpoint {}: {} is damaged", path, file.getKey());
        return Optional.empty();
      }
      parts.put(file.getKey(), bytes);
    }
    if (manifest.format() == FORMAT_WITH_TEXTS) {
      requireNoRecoveries(parts.get("state.json"), path);
    }
    return Optional.of(saved(parts, path));
  }

  private static void requireNoRecoveries(byte[] state, Path path) throws IOException {
    if (!JSON.readTree(state).path("cursor").path("recoveries").isEmpty()) {
      throw unreadable(
          path, FORMAT_WITH_TEXTS, "which this build reads only where no round had failed");
    }
  }

  private static IllegalArgumentException unreadable(Path path, int format, String reason) {
    return new IllegalArgumentException(
        "checkpoint %s has format %d, %s; resume with the build that wrote it, or start afresh"
            .formatted(path, format, reason));
  }

  private static Saved saved(Map<String, byte[]> parts, Path path) throws IOException {
    Text text = JSON.readValue(parts.get("state.json"), new TypeReference<Text>() {});
    List<float[]> updaters = new ArrayList<>();
    for (int i = 0; i < text.updaters(); i++) {
      updaters.add(Floats.fromBytes(parts.get("updater-" + i + ".bin")));
    }
    TrainingState state =
        new TrainingState(
            text.cursor(),
            Floats.fromBytes(parts.get("parameters.bin")),
            updaters,
            Floats.fromBytes(parts.get("velocity.bin")),
            Floats.fromBytes(parts.get("best.bin")),
            text.history());
    return new Saved(state, text.identity(), path.toString());
  }

  private byte[] bytes(Path path) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }
}
