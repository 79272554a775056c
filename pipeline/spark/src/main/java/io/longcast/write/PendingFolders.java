package io.longcast.write;

import io.longcast.files.StoredFileException;
import io.longcast.files.StoredNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * The folders beside a table in which content is being staged, as text of one line each: what a
 * start may delete if their writer is gone.
 *
 * @param names of the folders
 */
record PendingFolders(List<String> names) {
  static final PendingFolders NONE = new PendingFolders(List.of());
  private static final String HEAD = "longcast pending 1";

  PendingFolders {
    names = List.copyOf(names);
  }

  PendingFolders with(String name) {
    return new PendingFolders(Stream.concat(names.stream(), Stream.of(name)).toList());
  }

  PendingFolders without(String name) {
    return new PendingFolders(names.stream().filter(other -> !other.equals(name)).toList());
  }

  String text() {
    return HEAD + "\n" + String.join("\n", names) + "\n";
  }

  /**
   * @param staging names that staged content of the table can have
   * @param file that holds the text, for messages
   * @throws StoredFileException if it is of another version or names anything else
   */
  static PendingFolders parse(String text, Pattern staging, Path file) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw new StoredFileException(file, "it is not a list of staged folders of this version");
    }
    List<String> names = lines.subList(1, lines.size());
    names.forEach(name -> StoredNames.name(name, staging, file));
    return new PendingFolders(names);
  }
}
