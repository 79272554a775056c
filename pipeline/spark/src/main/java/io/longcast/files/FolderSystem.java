package io.longcast.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
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
import org.apache.hadoop.fs.StreamCapabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few operations on files that writers need, on any Hadoop file system. A rename here is atomic
 * or fails; Hadoop's own local rename falls back to copying.
 */
public final class FolderSystem {
  private static final Logger LOG = LoggerFactory.getLogger(FolderSystem.class);
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
  public static FolderSystem of(Configuration hadoop, Path path) {
    try {
      return new FolderSystem(hadoop, path.getFileSystem(hadoop));
    } catch (IOException | IllegalArgumentException failure) {
      throw new IllegalArgumentException(
          "no file system for " + path + ": " + failure.getMessage(), failure);
    }
  }

  /** True if a folder can be renamed in one atomic step. */
  public boolean hasAtomicRename() {
    return ATOMIC.contains(scheme());
  }

  public String scheme() {
    return system.getUri().getScheme().toLowerCase(Locale.ROOT);
  }

  /** The path with scheme and host, absolute. */
  public Path qualified(Path path) {
    return system.makeQualified(path);
  }

  public boolean exists(Path path) {
    return io("look for", path, () -> system.exists(path));
  }

  /** What lies in a folder; nothing where there is none. */
  public List<FileStatus> list(Path folder) {
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
  public List<String> leaves(Path folder) {
    return files(folder).stream()
        .map(file -> file.substring(0, Math.max(0, file.lastIndexOf('/'))))
        .distinct()
        .toList();
  }

  /** The visible files at any depth, relative to a folder; what links lead to is not among them. */
  public List<String> files(Path folder) {
    List<String> files = new ArrayList<>();
    collectFiles(folder, "", files);
    return files;
  }

  private void collectFiles(Path folder, String prefix, List<String> files) {
    for (FileStatus child : list(folder)) {
      String name = child.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".") || isLink(child.getPath())) {
        continue;
      }
      if (child.isDirectory()) {
        collectFiles(child.getPath(), prefix + name + "/", files);
      } else {
        files.add(prefix + name);
      }
    }
  }

  public void makeFolder(Path folder) {
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

  /** Writes a file; when this returns its bytes are on disk, where the store can say so. */
  public void write(Path file, byte[] bytes) {
    io(
        "write",
        file,
        () -> {
          try (FSDataOutputStream out = system.create(file, true)) {
            out.write(bytes);
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
              out.hsync();
            }
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
              Files.write(nio(file), bytes, StandardOpenOption.CREATE_NEW);
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
  public OptionalLong modified(Path file) {
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

  /**
   * The bytes of a file.
   *
   * @param maxBytes more are refused before they are read
   * @throws StoredFileException if there are more
   */
  public byte[] read(Path file, int maxBytes) {
    return io(
        "read",
        file,
        () -> {
          try (FSDataInputStream in = system.open(file)) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
              throw new StoredFileException(file, "it has more than %,d bytes".formatted(maxBytes));
            }
            return bytes;
          }
        });
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of a file, as {@link #read} its bytes. */
  public String text(Path file, int maxBytes) {
    return new String(read(file, maxBytes), StandardCharsets.UTF_8);
  }

  /** Renames a file or folder to a name that is free, in one atomic step. */
  public void rename(Path from, Path to) {
    io(
        "rename to " + to,
        from,
        () -> {
          if (system.exists(to)) {
            throw new IOException("the name is taken");
          }
          if (local) {
            moveLocal(nio(from), nio(to));
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
  public void replace(Path file, byte[] bytes) {
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
            moveLocal(nio(fresh), nio(file));
          } else {
            FileContext.getFileContext(system.getUri(), hadoop)
                .rename(fresh, file, Options.Rename.OVERWRITE);
          }
          return true;
        });
  }

  /** The name survives a loss of power where the disk lets a folder be written out. */
  private static void moveLocal(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException notHere) {
      LOG.debug("cannot write out the folder of {}", to, notHere);
    }
  }

  /** Deletes a file or a folder with all that is in it, of links the link alone. */
  public void delete(Path path) {
    io("delete", path, () -> local ? deleteLocal(nio(path)) : system.delete(path, true));
  }

  private static boolean deleteLocal(java.nio.file.Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes of)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(java.nio.file.Path folder, IOException broken)
              throws IOException {
            if (broken != null) {
              throw broken;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
    return true;
  }

  /** Deletes a folder if nothing is in it; whether there is none now. */
  public boolean deleteEmpty(Path folder) {
    if (!list(folder).isEmpty()) {
      return false;
    }
    io(
        "delete",
        folder,
        () -> local ? Files.deleteIfExists(nio(folder)) : system.delete(folder, false));
    return true;
  }

  /**
   * True if a name leads elsewhere. Only local disks have such names; HDFS has switched them off.
   */
  public boolean isLink(Path path) {
    return local && Files.isSymbolicLink(nio(path));
  }

  /**
   * @param path below the folder, "" for the folder itself
   * @throws StoredFileException if the folder or a folder on the way is a link
   */
  public void requireNoLink(Path folder, String path) {
    Path at = folder;
    List<String> names = path.isEmpty() ? List.of() : List.of(path.split("/"));
    for (int i = 0; i <= names.size(); i++) {
      if (isLink(at)) {
        throw new StoredFileException(
            at, "it is a symbolic link, expected a folder (links are not followed here)");
      }
      at = i < names.size() ? new Path(at, names.get(i)) : at;
    }
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
