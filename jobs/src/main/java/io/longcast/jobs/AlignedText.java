package io.longcast.jobs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cells side by side, for a terminal. */
final class AlignedText {
  private static final int WIDEST = 60;

  private AlignedText() {}

  /** A cell that is not too wide. */
  static String cut(String cell) {
    return cell.length() > WIDEST ? cell.substring(0, WIDEST - 1) + "…" : cell;
  }

  /**
   * Lines of equal columns; a column without a cell in any row is left out.
   *
   * @param cells rows of equal length, the headings first
   */
  static List<String> lines(List<List<String>> cells) {
    int columns = cells.get(0).size();
    int[] widths = new int[columns];
    boolean[] used = new boolean[columns];
    for (int r = 0; r < cells.size(); r++) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], cells.get(r).get(c).length());
        used[c] |= cells.size() == 1 || r > 0 && !cells.get(r).get(c).isEmpty();
      }
    }
    return cells.stream()
        .map(
            row ->
                IntStream.range(0, columns)
                    .filter(c -> used[c])
                    .mapToObj(c -> row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .toList();
  }
}
