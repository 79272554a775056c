package io.longcast.write;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local folder as a file system of another scheme, whose operations that change something are
 * counted and fail from one of them on: {@code hdfs}, with atomic renames, or {@code s3a}, taken
 * for a store without them.
 */
public final class FaultyStore extends RawLocalFileSystem {
  private static final int PORT = 8020;

  private static Fault fault = Fault.NONE;
  private static int left;
  private static int operations;
  private static int failures;

  private URI uri;

  /** What fails, from one operation on. */
  public enum Fault {
    NONE,
    /** Everything, as for a process that was killed. */
    KILLED,
    /** The same for a process that was killed while it wrote: half a file is there. */
    TORN,
    /** Writes, which leave half a file; what is there can be read, renamed and deleted. */
    FULL,
    /** One rename, which is lost: nothing happens, and the store says so. */
    RENAME_REFUSED,
    /** One operation, after which the store is back. */
    HICCUP
  }

  /** What a killed process does not get to do. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Whether work is done that meets a fault at the operation after so many others. */
  public static boolean completesWith(Fault fault, int operation, Runnable work) {
    fail(fault, operation);
    try {
      work.run();
      return true;
    } catch (Killed | UncheckedIOException failure) {
      return false;
    }
  }

  /** Hadoop's other interface, which replaces a file in one rename. */
  public static final class Context extends DelegateToFileSystem {
    public Context(URI uri, Configuration hadoop) throws IOException, URISyntaxException {
      super(uri, mounted(uri, hadoop), hadoop, uri.getScheme(), true);
    }

    private static FaultyStore mounted(URI uri, Configuration hadoop) throws IOException {
      FaultyStore store = new FaultyStore();
      store.initialize(uri, hadoop);
      return store;
    }

    @Override
    public int getUriDefaultPort() {
      return PORT;
    }

    /** Replaces a file in one step, as HDFS does; the inherited method deletes it first. */
    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      change(false, true);
      Files.move(
          java.nio.file.Path.of(from.toUri().getPath()),
          java.nio.file.Path.of(to.toUri().getPath()),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** A configuration in which paths of both schemes, at host {@code disk}, are local ones. */
  public static Configuration mounted() {
    Configuration hadoop = new Configuration();
    for (String scheme : new String[] {"hdfs", "s3a"}) {
      hadoop.set("fs." + scheme + ".impl", FaultyStore.class.getName());
      hadoop.set("fs." + scheme + ".impl.disable.cache", "true");
      hadoop.set("fs.AbstractFileSystem." + scheme + ".impl", Context.class.getName());
    }
    return hadoop;
  }

  /** From now on the operation after so many others fails. */
  public static void fail(Fault kind, int after) {
    fault = kind;
    left = after;
    operations = 0;
    failures = 0;
  }

  /** How many operations there were since {@link #fail}. */
  public static int operations() {
    return operations;
  }

  /** How many of them failed. */
  public static int failures() {
    return failures;
  }

  @Override
  public void initialize(URI name, Configuration hadoop) throws IOException {
    super.initialize(name, hadoop);
    uri = URI.create(name.getScheme() + "://disk");
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : uri;
  }

  /** Hadoop would start a process for each file. */
  @Override
  public void setPermission(Path file, FsPermission permission) {}

  @Override
  protected int getDefaultPort() {
    return PORT;
  }

  private static boolean isDue(boolean isWrite, boolean isRename) {
    operations++;
    boolean isDue =
        left-- <= 0
            && switch (fault) {
              case NONE -> false;
              case FULL -> isWrite;
              case RENAME_REFUSED -> isRename;
              case KILLED, TORN, HICCUP -> true;
            };
    failures += isDue ? 1 : 0;
    return isDue;
  }

  private static void change(boolean isWrite, boolean isRename) throws IOException {
    if (isDue(isWrite, isRename)) {
      throw failure();
    }
  }

  private static IOException failure() {
    switch (fault) {
      case KILLED, TORN -> throw new Killed();
      case FULL -> {
        return new IOException("No space left on device");
      }
      default -> {
        fault = Fault.NONE;
        return new IOException("the store refused it");
      }
    }
  }

  /** Where a write breaks off, half a file is left; object stores show whole files alone. */
  private boolean leavesHalf() {
    return (fault == Fault.TORN || fault == Fault.FULL) && uri.getScheme().equals("hdfs");
  }

  private interface Creation {
    OutputStream create() throws IOException;
  }

  private FSDataOutputStream created(Creation file) throws IOException {
    boolean isDue = isDue(true, false);
    if (isDue && !leavesHalf()) {
      throw failure();
    }
    return new FSDataOutputStream(new Written(file.create(), isDue), null);
  }

  /** A file without Hadoop's sync to disk, which would only cost time here. */
  private static final class Written extends FilterOutputStream {
    private final boolean isHalf;

    Written(OutputStream file, boolean isHalf) {
      super(file);
      this.isHalf = isHalf;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, isHalf ? count / 2 : count);
      if (isHalf) {
        throw failure();
      }
    }
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    return created(() -> super.create(file, overwrite, buffer, replication, block, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    return created(() -> super.create(file, overwrite, buffer, replication, block, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change(false, true);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change(false, false);
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    change(true, false);
    return super.mkdirs(folder);
  }
}
