package io.longcast.write;

import io.longcast.files.StoredFileException;
import io.longcast.files.StoredNames;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * What a swap is about to do, as text of one line each; written in one atomic step before the swap
 * begins.
 *
 * @param staging name of the folder with the new content, beside the table
 * @param changes the partitions, "" for the whole folder
 */
record SwapJournal(String staging, List<Change> changes) {
  private static final String HEAD = "longcast swap 1";
  private static final String END = "end";
  private static final String REPLACE = "replace ";
  private static final String REMOVE = "remove ";

  /** A visible folder that stands for a value of a column. */
  private static final Pattern PARTITION = Pattern.compile("[^._=][^=]*=.*");

  /**
   * One partition.
   *
   * @param partition its path relative to the folder
   * @param staged whether new content is staged for it; otherwise it is removed
   */
  record Change(String partition, boolean staged) {}

  SwapJournal {
    changes = List.copyOf(changes);
  }

  /** True if the whole folder is replaced. */
  boolean isWhole() {
    return changes.size() == 1 && changes.get(0).partition().isEmpty();
  }

  String text() {
    List<String> lines = new ArrayList<>(List.of(HEAD, staging));
    for (Change change : changes) {
      lines.add((change.staged() ? REPLACE : REMOVE) + change.partition());
    }
    lines.add(END);
    return String.join("\n", lines) + "\n";
  }

  /**
   * Reads a journal that a killed writer left.
   *
   * @param text of the file
   * @param staging names that staged content of the table can have
   * @param file that holds it, for messages
   * @throws StoredFileException if it is of another version or names anything but staged content
   *     and partitions of the table
   */
  static SwapJournal parse(String text, Pattern staging, Path file) {
    List<String> lines = text.lines().toList();
    int last = lines.size() - 1;
    if (last < 3 || !lines.get(0).equals(HEAD) || !lines.get(last).equals(END)) {
      throw new StoredFileException(file, "it is not a swap journal of this version");
    }
    String staged = StoredNames.name(lines.get(1), staging, file);
    List<Change> changes = lines.subList(2, last).stream().map(line -> change(line, file)).toList();
    if (changes.size() > 1 && changes.stream().anyMatch(change -> change.partition().isEmpty())) {
      throw new StoredFileException(file, "it names the whole folder and its partitions");
    }
    return new SwapJournal(staged, changes);
  }

  private static Change change(String line, Path file) {
    boolean staged = line.startsWith(REPLACE);
    if (!staged && !line.startsWith(REMOVE)) {
      throw new StoredFileException(file, "it has a line that is no change: " + line);
    }
    String partition = line.substring((staged ? REPLACE : REMOVE).length());
    if (partition.isEmpty()) {
      return new Change(partition, staged);
    }
    for (String name : StoredNames.path(partition, file).split("/")) {
      StoredNames.name(name, PARTITION, file);
    }
    return new Change(partition, staged);
  }
}
