package io.longcast.table;

import io.longcast.settings.SettingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Paths of the settings that something must be at. */
public final class ExistingPaths {
  private ExistingPaths() {}

  /** What a path or a glob matches; see {@link #matches(Configuration, String, String, String)}. */
  public static List<FileStatus> matches(Configuration hadoop, String text, String key) {
    return matches(hadoop, text, key, "");
  }

  /**
   * What a path or a glob matches.
   *
   * @param key the setting it is from, for messages
   * @param hint what to do where nothing is, for messages; may be empty
   * @return at least one
   * @throws IllegalArgumentException if it matches nothing, naming the path, its nearest neighbour,
   *     the hint and the key
   * @throws UncheckedIOException if its file system cannot be read
   */
  public static List<FileStatus> matches(
      Configuration hadoop, String text, String key, String hint) {
    Path path = new Path(text);
    try {
      FileSystem system = path.getFileSystem(hadoop);
      FileStatus[] found = system.globStatus(path);
      if (found == null || found.length == 0) {
        throw new SettingException(
            key, "path does not exist: " + text + nearest(system, path) + hint);
      }
      return List.of(found);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot list " + text + ": " + failure.getMessage() + " (key " + key + ")", failure);
    }
  }

  private static String nearest(FileSystem system, Path path) throws IOException {
    if (path.getParent() == null) {
      return "";
    }
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus sibling : system.listStatus(path.getParent())) {
        names.add(sibling.getPath().getName());
      }
      return NearestName.hint(path.getName(), names);
    } catch (FileNotFoundException noParent) {
      return ", and neither does its folder";
    }
  }
}
