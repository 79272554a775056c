package io.longcast.write;

import io.longcast.files.FolderSystem;
import io.longcast.files.StoredFileException;
import io.longcast.files.StoredNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Publishes folders of bytes, such as a model bundle or a checkpoint, on any Hadoop file system:
 * they are there whole, with a hash of every file, or not at all. The file {@value #HASHES} lists
 * the hashes; where folders cannot be renamed in one step it is written last, and a folder without
 * it counts as absent.
 */
public final class FolderPublisher {
  /** Lists every other file with its SHA-256, as {@code sha256sum} does. */
  public static final String HASHES = "SHA256SUMS";

  /** Visible, one component. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,200}");

  private static final int MAX_HASHES = 1 << 20;
  private static final int MAX_POINTER = 1 << 10;
  private static final int MAX_FILE = Integer.MAX_VALUE - 16;

  private final Configuration hadoop;
  private final Consumer<SwapStep> reached;

  /** A publisher on the file systems of a Hadoop configuration. */
  public FolderPublisher(Configuration hadoop) {
    this(hadoop, step -> {});
  }

  FolderPublisher(Configuration hadoop, Consumer<SwapStep> reached) {
    this.hadoop = hadoop;
    this.reached = reached;
  }

  /**
   * Publishes files under a folder; replaces a folder that is there.
   *
   * @param folder where
   * @param content bytes by name; names have no slash
   */
  public void publish(String folder, Map<String, byte[]> content) {
    content.keySet().forEach(FolderPublisher::requireName);
    Path target = new Path(folder);
    FolderSystem files = FolderSystem.of(hadoop, target);
    files.makeFolder(target.getParent());
    if (files.hasAtomicRename()) {
      FolderSwap swap = new FolderSwap(files, target, reached);
      swap.recover();
      Path staging = swap.staging();
      write(files, staging, content);
      swap.replace(staging);
    } else {
      files.delete(new Path(target, HASHES));
      write(files, target, content);
    }
  }

  private static void write(FolderSystem files, Path folder, Map<String, byte[]> content) {
    files.makeFolder(folder);
    StringBuilder hashes = new StringBuilder();
    new TreeMap<>(content)
        .forEach(
            (name, bytes) -> {
              files.write(new Path(folder, name), bytes);
              hashes.append(sha256(bytes)).append("  ").append(name).append('\n');
            });
    files.write(new Path(folder, HASHES), hashes.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(HASHES)) {
      throw new IllegalArgumentException("not a name for a published file: \"" + name + "\"");
    }
  }

  /** True if a whole folder is published there. */
  public boolean exists(String folder) {
    return recovered(new Path(folder)).exists(new Path(folder, HASHES));
  }

  /**
   * Reads a published folder and verifies every file.
   *
   * @throws IllegalArgumentException if the folder is absent or incomplete, or a file is missing or
   *     changed; the message names it
   */
  public SortedMap<String, byte[]> read(String folder) {
    Path target = new Path(folder);
    FolderSystem files = recovered(target);
    SortedMap<String, byte[]> content = new TreeMap<>();
    hashesOf(files, target)
        .forEach((name, hash) -> content.put(name, verified(files, new Path(target, name), hash)));
    return content;
  }

  /**
   * Reads one file of a published folder and verifies it.
   *
   * @throws IllegalArgumentException if the folder is absent or incomplete, or the file is missing
   *     or changed; the message names it
   */
  public byte[] read(String folder, String name) {
    Path target = new Path(folder);
    FolderSystem files = recovered(target);
    String hash = hashesOf(files, target).get(name);
    if (hash == null) {
      throw new IllegalArgumentException("folder " + folder + " lists no file " + name);
    }
    return verified(files, new Path(target, name), hash);
  }

  private static SortedMap<String, String> hashesOf(FolderSystem files, Path target) {
    Path hashes = new Path(target, HASHES);
    if (!files.exists(hashes)) {
      String what = files.exists(target) ? "is incomplete: it has no " + HASHES : "does not exist";
      throw new IllegalArgumentException("folder " + target + " " + what);
    }
    return hashes(files, hashes);
  }

  /** Hashes by name, after all names were checked. */
  private static SortedMap<String, String> hashes(FolderSystem files, Path list) {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String line : files.text(list, MAX_HASHES).split("\n")) {
      String[] parts = line.split("  ", 2);
      if (parts.length < 2 || !parts[0].matches("[0-9a-f]{64}")) {
        throw new StoredFileException(list, "it is not a list of hashes");
      }
      hashes.put(StoredNames.name(parts[1], NAME, list), parts[0]);
    }
    return hashes;
  }

  private static byte[] verified(FolderSystem files, Path file, String expected) {
    if (!files.exists(file)) {
      throw new IllegalArgumentException("file is missing: " + file);
    }
    files.requireNoLink(file, "");
    byte[] bytes = files.read(file, MAX_FILE);
    String found = sha256(bytes);
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "file is damaged: %s: expected SHA-256 %s, found %s".formatted(file, expected, found));
    }
    return bytes;
  }

  /** Names of the folders published under a folder, ascending. */
  public List<String> list(String folder) {
    FolderSystem files = FolderSystem.of(hadoop, new Path(folder));
    return files.list(new Path(folder)).stream()
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .filter(path -> !path.getName().startsWith("."))
        .filter(path -> files.exists(new Path(path, HASHES)))
        .map(Path::getName)
        .sorted()
        .toList();
  }

  /** Writes one small file atomically, such as the pointer LATEST. */
  public void point(String file, String content) {
    Path path = new Path(file);
    FolderSystem files = FolderSystem.of(hadoop, path);
    files.makeFolder(path.getParent());
    files.replace(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The content of a small file, or empty where there is none.
   *
   * @throws io.longcast.files.StoredFileException if it holds anything but one name
   * @throws IllegalStateException if the file is there and blank, as a killed writer leaves it on
   *     stores that create a file empty and fill it when it is closed
   */
  public Optional<String> pointer(String file) {
    Path path = new Path(file);
    FolderSystem files = FolderSystem.of(hadoop, path);
    if (!files.exists(path)) {
      return Optional.empty();
    }
    String content = files.text(path, MAX_POINTER).trim();
    if (content.isEmpty()) {
      throw new IllegalStateException(
          file
              + " is empty, expected a name: its writer is at work or was killed; read again, or"
              + " write it again (a model's: longcast models promote)");
    }
    return Optional.of(StoredNames.name(content, NAME, file));
  }

  /** Deletes a published folder; the hashes go first, so that it is never seen in part. */
  public void delete(String folder) {
    FolderSystem files = FolderSystem.of(hadoop, new Path(folder));
    files.delete(new Path(folder, HASHES));
    files.delete(new Path(folder));
  }

  /** The file system, after settling what a killed publisher left at a folder. */
  private FolderSystem recovered(Path folder) {
    FolderSystem files = FolderSystem.of(hadoop, folder);
    if (files.hasAtomicRename()) {
      new FolderSwap(files, folder, reached).finishJournal();
    }
    return files;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
