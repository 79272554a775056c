package io.longcast.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, setting permissions by the JDK. Without Hadoop's native library,
 * which its Maven artifacts do not carry, the original starts a {@code chmod} process for every
 * file and folder it creates: some 6 ms each, and a small table has dozens.
 */
public final class PosixLocalFileSystem extends LocalFileSystem {
  /** Hadoop's setting that names the class of {@code file:} paths. */
  public static final String SETTING = "fs.file.impl";

  /** Made by Hadoop. */
  public PosixLocalFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(org.apache.hadoop.fs.Path path, FsPermission permission)
        throws IOException {
      Path file = pathToFile(path).toPath();
      boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (!isPosix || permission.getStickyBit()) {
        super.setPermission(path, permission);
        return;
      }
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(symbols));
    }
  }
}
