package io.longcast.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary files of one run on a local disk: a folder {@code longcast-UUID} that its user
 * alone can enter, deleted when it is closed. What a killed run left is deleted by the next one in
 * the same place: folders of this name that belong to the same user and say that their process has
 * ended. Links are not followed.
 */
public final class RunFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final Pattern NAME = Pattern.compile("longcast-" + StoredNames.UUID);
  private static final String PROCESS = "process";
  private static final int MAX_BYTES = 1 << 12;

  /** How long a folder without {@value #PROCESS} may be one that is being made. */
  private static final Duration MAKING = Duration.ofMinutes(10);

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * A new folder; also deletes those that killed runs left beside it.
   *
   * @param parent such as {@code java.io.tmpdir}; made, for its user alone, if it is not there
   */
  public static RunFolder open(Path parent) {
    try {
      makePrivate(parent);
      Path path = parent.resolve("longcast-" + UUID.randomUUID());
      Files.createDirectory(path, ownersAlone(parent));
      Files.writeString(path.resolve(PROCESS), Writer.here().text());
      deleteThoseOfKilledRuns(parent, Files.getOwner(path));
      return new RunFolder(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot make a folder for temporary files in %s: %s".formatted(parent, failure), failure);
    }
  }

  /** A folder that its user alone can enter; one that is there stays as it is. */
  public static void makePrivate(Path folder) throws IOException {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    Files.createDirectories(folder, ownersAlone(existing));
  }

  /** Takes the rights of others to a folder of this user away, where there are such rights. */
  public static void closeToOthers(Path folder) throws IOException {
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static FileAttribute<?>[] ownersAlone(Path existing) {
    return isPosix(existing)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  public Path path() {
    return path;
  }

  private static void deleteThoseOfKilledRuns(Path parent, UserPrincipal user) throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, "longcast-*")) {
      for (Path one : all) {
        if (isOfKilledRun(one, user)) {
          left.add(one);
        }
      }
    }
    left.forEach(RunFolder::delete);
    if (!left.isEmpty()) {
      LOG.info("deleted temporary files of {} killed runs in {}", left.size(), parent);
    }
  }

  private static boolean isOfKilledRun(Path folder, UserPrincipal user) {
    try {
      return NAME.matcher(folder.getFileName().toString()).matches()
          && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
          && hasEnded(folder);
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean hasEnded(Path folder) throws IOException {
    Path file = folder.resolve(PROCESS);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_BYTES) {
      Optional<Writer> process = Writer.parse(Files.readString(file));
      if (process.isPresent()) {
        return process.get().isDead();
      }
    }
    Instant since = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
    return !hasOtherFiles(folder) && since.isBefore(Instant.now().minus(MAKING));
  }

  /** Killed while it was made, a folder has nothing in it, or half of {@value #PROCESS}. */
  private static boolean hasOtherFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path one : all) {
        if (!one.getFileName().toString().equals(PROCESS)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    delete(path);
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException failure) {
      LOG.debug("cannot delete {}", folder, failure);
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      LOG.warn("temporary files are left in {}", folder);
    }
  }

  /** As much as can be deleted: one file that cannot must not keep the others. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
      return gone(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return gone(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
      return gone(folder);
    }

    private static FileVisitResult gone(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException kept) {
        LOG.debug("cannot delete {}", path, kept);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
