package io.longcast.read.text;

/**
 * A record of a CSV file.
 *
 * @param cells its cells; none for a blank line, a comment, or a record that cannot be parsed
 * @param text how it stands in the file
 * @param problem why it cannot be parsed, or null
 */
record CsvRecord(String[] cells, String text, String problem) {
  static final String BEYOND = "beyond source.options.maxColumns or maxCharsPerColumn";

  private static final String[] NONE = {};

  static CsvRecord broken(String text, String problem) {
    return new CsvRecord(NONE, text, problem);
  }

  /** A blank line or a comment. */
  boolean isNone() {
    return cells.length == 0 && problem == null;
  }
}
