package io.longcast.read.file;

import io.longcast.files.FolderSystem;
import io.longcast.settings.SettingException;
import io.longcast.table.ExistingPaths;
import io.longcast.table.SnapshotFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Lists the files of a source and looks whether each is whole, before any row is read. */
public final class SourceFiles {
  private static final int ORC_FRAME = 4;

  private final Configuration hadoop;
  private final String format;

  public SourceFiles(Configuration hadoop, String format) {
    this.hadoop = hadoop;
    this.format = format;
  }

  /**
   * A path of the settings, after globs, with the data files in it.
   *
   * @param path what Spark loads; of a table that is published by snapshots, the folder of its data
   * @param files those of the current snapshot alone, if it is one
   * @param isSnapshot whether the files are such a list, so that the folder is not to be loaded
   */
  public record Root(Path path, List<FileStatus> files, boolean isSnapshot) {

    /** The paths of the files, each with the columns that its folders are. */
    public Map<String, Partitions> partitions() {
      Map<String, Partitions> partitions = new LinkedHashMap<>();
      for (FileStatus file : files) {
        partitions.put(file.getPath().toString(), Partitions.of(file.getPath(), this));
      }
      return partitions;
    }

    /**
     * True if Spark, given the path, would pass over files: those below folders of no partition.
     */
    public boolean isDeep() {
      return files.stream().map(FileStatus::getPath).anyMatch(this::liesInAPlainFolder);
    }

    private boolean liesInAPlainFolder(Path file) {
      if (file.equals(path)) {
        return false;
      }
      for (Path at = file.getParent(); at != null && !at.equals(path); at = at.getParent()) {
        if (!at.getName().contains("=")) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * The files behind the paths.
   *
   * @throws IllegalArgumentException if a path matches nothing or holds no data file
   */
  public List<Root> roots(List<String> paths) {
    List<Root> roots = new ArrayList<>();
    for (String text : paths) {
      for (FileStatus match : ExistingPaths.matches(hadoop, text, "source.paths")) {
        roots.add(root(match));
      }
    }
    if (roots.stream().allMatch(root -> root.files().isEmpty())) {
      throw new SettingException("source.paths", "no data file in " + String.join(", ", paths));
    }
    return roots;
  }

  private Root root(FileStatus match) {
    List<FileStatus> files = new ArrayList<>();
    try {
      FolderSystem folders = FolderSystem.of(hadoop, match.getPath());
      if (match.isDirectory() && SnapshotFiles.isAt(folders, match.getPath())) {
        SnapshotFiles snapshot = new SnapshotFiles(folders, match.getPath());
        for (Path file : snapshot.files()) {
          files.add(system(file).getFileStatus(file));
        }
        return new Root(snapshot.data(), files, true);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + match.getPath() + ": " + failure, failure);
    }
    collect(match, files, true);
    return new Root(match.getPath(), files, false);
  }

  private void collect(FileStatus status, List<FileStatus> files, boolean top) {
    String name = status.getPath().getName();
    boolean hidden = name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
    if (hidden && !top) {
      return;
    }
    if (status.isFile()) {
      files.add(status);
      return;
    }
    try {
      FileStatus[] children = system(status.getPath()).listStatus(status.getPath());
      Arrays.sort(children);
      for (FileStatus child : children) {
        collect(child, files, false);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + status.getPath(), failure);
    }
  }

  /**
   * Files of ORC whose ends are not as they must be, and why. Of other formats none.
   *
   * @param skipped files that are not looked at
   */
  public Map<String, String> broken(List<Root> roots, Set<String> skipped) {
    Map<String, String> problems = new ConcurrentHashMap<>();
    roots.stream()
        .flatMap(root -> root.files().stream())
        .filter(file -> !skipped.contains(file.getPath().toString()))
        .toList()
        .parallelStream()
        .forEach(
            file ->
                problem(file)
                    .ifPresent(problem -> problems.put(file.getPath().toString(), problem)));
    return new TreeMap<>(problems);
  }

  private Optional<String> problem(FileStatus file) {
    try {
      return format.equals("orc") ? orcProblem(file) : Optional.empty();
    } catch (IOException failure) {
      return Optional.of("cannot be read: " + failure.getMessage());
    }
  }

  private Optional<String> orcProblem(FileStatus file) throws IOException {
    if (file.getLen() < ORC_FRAME) {
      return Optional.of("not an ORC file: found " + file.getLen() + " bytes");
    }
    boolean closed = text(bytes(file, file.getLen() - 4, 3)).equals("ORC");
    return closed ? Optional.empty() : Optional.of("truncated ORC file: it has no postscript");
  }

  private byte[] bytes(FileStatus file, long from, int count) throws IOException {
    byte[] bytes = new byte[count];
    try (FSDataInputStream in = system(file.getPath()).open(file.getPath())) {
      in.readFully(from, bytes);
    }
    return bytes;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private FileSystem system(Path path) throws IOException {
    return path.getFileSystem(hadoop);
  }
}
