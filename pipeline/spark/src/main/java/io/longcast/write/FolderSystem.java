package io.longcast.write;

import io.longcast.table.SnapshotFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * The few operations on files that the sinks need, on any Hadoop file system. A rename here is
 * atomic or fails; Hadoop's own local rename falls back to copying.
 */
final class FolderSystem {
  private static final Set<String> ATOMIC = Set.of("file", "hdfs", "viewfs", "webhdfs", "ofs");

  private final Configuration hadoop;
  private final FileSystem system;
  private final boolean local;

  private FolderSystem(Configuration hadoop, FileSystem system) {
    this.hadoop = hadoop;
    this.local = system instanceof LocalFileSystem;
    // Checksum files beside journals and pointers would be renamed apart from them.
    this.system = local ? ((LocalFileSystem) system).getRawFileSystem() : system;
  }

  /** The file system that a path lies on. */
  static FolderSystem of(Configuration hadoop, Path path) {
    try {
      return new FolderSystem(hadoop, path.getFileSystem(hadoop));
    } catch (IOException | IllegalArgumentException failure) {
      throw new IllegalArgumentException(
          "no file system for " + path + ": " + failure.getMessage(), failure);
    }
  }

  /** True if a folder can be renamed in one atomic step. */
  boolean hasAtomicRename() {
    return ATOMIC.contains(scheme());
  }

  String scheme() {
    return system.getUri().getScheme().toLowerCase(Locale.ROOT);
  }

  /** The path with scheme and host, absolute. */
  Path qualified(Path path) {
    return system.makeQualified(path);
  }

  /** The reader's side of a table that is published by snapshots. */
  SnapshotFiles snapshot(Path folder) {
    return new SnapshotFiles(system, folder);
  }

  boolean hasSnapshots(Path folder) {
    return SnapshotFiles.isAt(system, folder);
  }

  boolean exists(Path path) {
    return io("look for", path, () -> system.exists(path));
  }

  /** What lies in a folder; nothing where there is none. */
  List<FileStatus> list(Path folder) {
    return io(
        "list",
        folder,
        () -> {
          try {
            return List.of(system.listStatus(folder));
          } catch (FileNotFoundException absent) {
            return List.of();
          }
        });
  }

  /** The folders that directly hold visible files, relative to a folder, "" for itself. */
  List<String> leaves(Path folder) {
    return files(folder).stream()
        .map(file -> file.substring(0, Math.max(0, file.lastIndexOf('/'))))
        .distinct()
        .toList();
  }

  /** The visible files at any depth, relative to a folder. */
  List<String> files(Path folder) {
    List<String> files = new ArrayList<>();
    collectFiles(folder, "", files);
    return files;
  }

  private void collectFiles(Path folder, String prefix, List<String> files) {
    for (FileStatus child : list(folder)) {
      String name = child.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        continue;
      }
      if (child.isDirectory()) {
        collectFiles(child.getPath(), prefix + name + "/", files);
      } else {
        files.add(prefix + name);
      }
    }
  }

  void makeFolder(Path folder) {
    io(
        "make",
        folder,
        () -> {
          if (!system.mkdirs(folder)) {
            throw new IOException("mkdirs was refused");
          }
          return true;
        });
  }

  void write(Path file, byte[] bytes) {
    io(
        "write",
        file,
        () -> {
          try (FSDataOutputStream out = system.create(file, true)) {
            out.write(bytes);
          }
          return true;
        });
  }

  /**
   * Makes a small file unless there is one; atomic but on object stores, where two that look at the
   * same time may both succeed.
   *
   * @return whether it was made
   */
  boolean create(Path file, byte[] bytes) {
    return io(
        "create",
        file,
        () -> {
          try {
            if (local) {
              java.nio.file.Files.write(nio(file), bytes, StandardOpenOption.CREATE_NEW);
              return true;
            }
            try (FSDataOutputStream out = system.create(file, false)) {
              out.write(bytes);
            }
            return true;
          } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return false;
          }
        });
  }

  /** When a file was written, by the clock of its store; empty where there is none. */
  OptionalLong modified(Path file) {
    return io(
        "look at",
        file,
        () -> {
          try {
            return OptionalLong.of(system.getFileStatus(file).getModificationTime());
          } catch (FileNotFoundException absent) {
            return OptionalLong.empty();
          }
        });
  }

  byte[] read(Path file) {
    return io(
        "read",
        file,
        () -> {
          try (FSDataInputStream in = system.open(file)) {
            return in.readAllBytes();
          }
        });
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String text(Path file) {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  /** Renames a file or folder to a name that is free, in one atomic step. */
  void rename(Path from, Path to) {
    io(
        "rename to " + to,
        from,
        () -> {
          if (system.exists(to)) {
            throw new IOException("the name is taken");
          }
          if (local) {
            java.nio.file.Files.move(nio(from), nio(to), StandardCopyOption.ATOMIC_MOVE);
          } else if (!system.rename(from, to)) {
            throw new IOException("rename was refused");
          }
          return true;
        });
  }

  /**
   * Writes a small file so that readers see the former content or the new one: on object stores by
   * one write, elsewhere by a rename.
   */
  void replace(Path file, byte[] bytes) {
    if (!hasAtomicRename()) {
      write(file, bytes);
      return;
    }
    Path fresh = new Path(file.getParent(), "." + file.getName() + ".fresh");
    write(fresh, bytes);
    io(
        "replace",
        file,
        () -> {
          if (local) {
            java.nio.file.Files.move(nio(fresh), nio(file), StandardCopyOption.ATOMIC_MOVE);
          } else {
            FileContext.getFileContext(system.getUri(), hadoop)
                .rename(fresh, file, Options.Rename.OVERWRITE);
          }
          return true;
        });
  }

  void delete(Path path) {
    io("delete", path, () -> system.delete(path, true));
  }

  private java.nio.file.Path nio(Path path) {
    return java.nio.file.Path.of(qualified(path).toUri().getPath());
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private static <T> T io(String verb, Path path, Action<T> action) {
    try {
      return action.run();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot %s %s: %s".formatted(verb, path, failure), failure);
    }
  }
}
