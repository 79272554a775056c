package io.longcast.table;

import io.longcast.files.FolderSystem;
import io.longcast.files.StoredFileException;
import io.longcast.files.StoredNames;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a table that is published by snapshots: a list of files, and a pointer to the list.
 * How they come there says {@code write.SnapshotFolder}; this is what readers need.
 *
 * <pre>
 * t/_data/write=UUID/day=2024-01-01/part-*.parquet
 * t/_snapshots/12      the files of snapshot 12, one a line, relative to t/_data
 * t/_current           12
 * </pre>
 */
public final class SnapshotFiles {
  /** The partition column that the folders of the writes look like. */
  public static final String WRITE = "write";

  /** First line of a list of files. */
  public static final String HEAD = "# longcast snapshot 1";

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
  private static final String CURRENT = "_current";
  private static final String LISTS = "_snapshots";
  private static final String DATA = "_data";

  /** Names of lists. */
  public static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** Folders of writes, the only ones below {@link #data} that are ours. */
  public static final Pattern WRITES = Pattern.compile(WRITE + "=" + StoredNames.UUID);

  private static final int MAX_POINTER = 64;
  private static final int MAX_LIST = 1 << 28;
  private static final Set<String> MARKS = Set.of(CURRENT, LISTS, DATA);

  private final FolderSystem system;
  private final Path folder;

  /** The files of the table in a folder, where {@link #isAt} says that there is one. */
  public SnapshotFiles(FolderSystem system, Path folder) {
    this.system = system;
    this.folder = folder;
  }

  /** True if a table was published by snapshots there, or a first write has begun to. */
  public static boolean isAt(FolderSystem system, Path folder) {
    return system.list(folder).stream()
        .anyMatch(entry -> MARKS.contains(entry.getPath().getName()));
  }

  /**
   * Paths as a plain reader may load them: a folder with snapshots becomes the files of its current
   * one, every other path stays. For tables without partitions.
   *
   * @param paths files, folders or patterns
   * @throws IllegalArgumentException if a folder with snapshots holds no files
   */
  public static List<String> plain(Configuration hadoop, List<String> paths) {
    List<String> plain = new ArrayList<>();
    for (String text : paths) {
      SnapshotFiles snapshot = at(hadoop, new Path(text));
      if (isPattern(text) || !isAt(snapshot.system, snapshot.folder)) {
        plain.add(text);
        continue;
      }
      List<Path> files = snapshot.files();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no rows are published in " + text);
      }
      files.forEach(file -> plain.add(file.toString()));
    }
    return plain;
  }

  private static boolean isPattern(String path) {
    return path.chars().anyMatch(c -> "*?[{,".indexOf(c) >= 0);
  }

  private static SnapshotFiles at(Configuration hadoop, Path folder) {
    return new SnapshotFiles(FolderSystem.of(hadoop, folder), folder);
  }

  /** The folder below which the files lie; names of folders in between are partitions. */
  public Path data() {
    return new Path(folder, DATA);
  }

  /** The folder of the lists, whose names are numbers. */
  public Path lists() {
    return new Path(folder, LISTS);
  }

  /** The list of a snapshot. */
  public Path list(long number) {
    return new Path(lists(), Long.toString(number));
  }

  /** The small file that names the current snapshot. */
  public Path pointer() {
    return new Path(folder, CURRENT);
  }

  /** The files of the current snapshot; none where nothing was published. */
  public List<Path> files() {
    return live().stream().map(file -> new Path(data(), file)).toList();
  }

  /** The files of the current snapshot relative to {@link #data}. */
  public List<String> live() {
    return live(current());
  }

  /** Where two publishes came between the look at the pointer and this one, the newest list. */
  private List<String> live(long number) {
    if (number < 1) {
      return List.of();
    }
    if (system.exists(list(number))) {
      return listed(number);
    }
    long now = current();
    if (now != number) {
      return live(now);
    }
    throw new IllegalStateException(
        "table %s has lost the list of its files: %s names snapshot %d, found no %s; put the list"
                .formatted(folder, CURRENT, number, list(number))
            + " back, or move the table away and write it again");
  }

  /**
   * The number of the published snapshot; 0 where there is none. A pointer that is lost, or that a
   * store has created and not yet filled, means the newest list, which is whole before the pointer
   * is written.
   */
  public long current() {
    if (!system.exists(pointer())) {
      OptionalLong newest = newest();
      newest.ifPresent(
          number -> LOG.warn("{} has no {}; its newest list, {}, counts", folder, CURRENT, number));
      return newest.orElse(0);
    }
    String number = system.text(pointer(), MAX_POINTER).trim();
    return number.isEmpty()
        ? newest().orElseThrow(this::lost)
        : Long.parseLong(StoredNames.name(number, NUMBER, pointer()));
  }

  private OptionalLong newest() {
    return system.list(lists()).stream()
        .filter(list -> list.getLen() > 0)
        .map(list -> list.getPath().getName())
        .filter(name -> NUMBER.matcher(name).matches())
        .mapToLong(Long::parseLong)
        .max();
  }

  private IllegalStateException lost() {
    return new IllegalStateException(
        "table %s is lost: %s is empty and there is no list of files in %s; move"
                .formatted(folder, CURRENT, LISTS)
            + " the table away and write it again");
  }

  /**
   * The files of a snapshot relative to {@link #data}.
   *
   * @throws io.longcast.files.StoredFileException if the list is of another version, too long, or
   *     names what is no file of a write of this table
   */
  public List<String> listed(long number) {
    Path list = list(number);
    List<String> lines = system.text(list, MAX_LIST).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw new StoredFileException(list, "it is not a list of files of this version");
    }
    List<String> files = lines.subList(1, lines.size());
    files.forEach(file -> requireOwn(file, list));
    return files;
  }

  private static void requireOwn(String file, Path list) {
    String[] names = StoredNames.path(file, list).split("/");
    StoredNames.name(names[0], WRITES, list);
    if (names.length < 2) {
      throw new StoredFileException(list, "it names the folder %s, expected files".formatted(file));
    }
  }
}
