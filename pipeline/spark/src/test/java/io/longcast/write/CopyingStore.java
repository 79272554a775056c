package io.longcast.write;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitterFactory;

/**
 * A local folder that behaves like an object store, scheme {@code s3a}: a rename copies file by
 * file and then deletes, and can be made to die between two files.
 */
public final class CopyingStore extends RawLocalFileSystem {
  private static final String DIES = "longcast.test.dies-in-rename-of";

  /** Mounts the store; files of {@code s3a://bucket/x} lie in {@code /x}. */
  public static void mount(Configuration hadoop) {
    hadoop.set("fs.s3a.impl", CopyingStore.class.getName());
    hadoop.set("fs.s3a.impl.disable.cache", "true");
    hadoop.set(
        "mapreduce.outputcommitter.factory.scheme.s3a", FileOutputCommitterFactory.class.getName());
  }

  /** From now on a rename of a path with this text fails after its first file; blank: none. */
  static void dieInRenameOf(Configuration hadoop, String text) {
    hadoop.set(DIES, text);
  }

  @Override
  public URI getUri() {
    return URI.create("s3a://bucket");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    String dies = getConf().get(DIES, "");
    if (!exists(from)) {
      throw new FileNotFoundException(from.toString());
    }
    copy(
        from,
        exists(to) ? new Path(to, from.getName()) : to,
        !dies.isEmpty() && from.toString().contains(dies));
    return delete(from, true);
  }

  private void copy(Path from, Path to, boolean dies) throws IOException {
    if (getFileStatus(from).isDirectory()) {
      mkdirs(to);
      for (FileStatus child : listStatus(from)) {
        copy(child.getPath(), new Path(to, child.getPath().getName()), dies);
      }
      return;
    }
    FileUtil.copy(this, from, this, to, false, getConf());
    if (dies) {
      throw new IOException("the store went away");
    }
  }
}
