package io.longcast.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  static SwapJournal parse(String text) {
    List<String> lines = Arrays.asList(text.split("\n"));
    if (lines.size() < 3
        || !lines.get(0).equals(HEAD)
        || !lines.get(lines.size() - 1).equals(END)) {
      throw new IllegalStateException("not a swap journal of this version: " + text);
    }
    List<Change> changes = new ArrayList<>();
    for (String line : lines.subList(2, lines.size() - 1)) {
      boolean staged = line.startsWith(REPLACE);
      changes.add(new Change(line.substring((staged ? REPLACE : REMOVE).length()), staged));
    }
    return new SwapJournal(lines.get(1), changes);
  }
}
