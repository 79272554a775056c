package io.longcast.read.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the beginnings of text files show, summed over files: their columns and what these look
 * like. The order of the columns is that of the files.
 */
public final class TextSurvey implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<String, ColumnLook> columns = new LinkedHashMap<>();
  private final Set<String> doubled = new LinkedHashSet<>();
  private final Set<String> unnamed = new LinkedHashSet<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private final Map<String, List<String>> lacking = new TreeMap<>();
  private final Map<String, CsvHeader> headless = new LinkedHashMap<>();
  private String misencoded;
  private boolean annotated;
  private long files;

  /** Counts a file that cannot be read. */
  void addProblem(String file, String problem) {
    problems.put(file, problem);
  }

  /** Counts a file. */
  void addFile(String file, FileHead head, boolean isAnnotated) {
    files++;
    annotated |= isAnnotated;
    misencoded = misencoded == null && !head.isEncoded() ? file : misencoded;
  }

  /**
   * Counts the header of a file that has one.
   *
   * @param wanted the columns that the settings name
   * @return whether it names any of them
   */
  boolean addHeader(String file, CsvHeader header, Collection<String> wanted) {
    boolean found = header.names().stream().anyMatch(wanted::contains);
    if (!found && !wanted.isEmpty() && !header.names().isEmpty()) {
      headless.put(file, header);
      return false;
    }
    header.names().forEach(name -> columns.putIfAbsent(name, ColumnLook.NONE));
    doubled.addAll(header.doubled());
    header.unnamed().forEach(place -> unnamed.add(header.names().get(place)));
    for (String name : wanted) {
      if (!header.names().contains(name)) {
        lacking.computeIfAbsent(name, lacked -> new ArrayList<>()).add(file);
      }
    }
    return true;
  }

  /** Counts a cell of a column. */
  void addCell(String column, String cell, NumberText numbers) {
    ColumnLook look = cell == null ? ColumnLook.NONE : ColumnLook.of(cell, numbers);
    columns.merge(column, look, ColumnLook::plus);
  }

  /** Adds what other files show. */
  void add(TextSurvey other) {
    other.columns.forEach((name, look) -> columns.merge(name, look, ColumnLook::plus));
    doubled.addAll(other.doubled);
    unnamed.addAll(other.unnamed);
    problems.putAll(other.problems);
    other.lacking.forEach(
        (name, lack) -> lacking.computeIfAbsent(name, lacked -> new ArrayList<>()).addAll(lack));
    headless.putAll(other.headless);
    misencoded = misencoded == null ? other.misencoded : misencoded;
    annotated |= other.annotated;
    files += other.files;
  }

  /**
   * Files without a header among others with one cannot be read; where no file has one, what stands
   * in its place is the header, so that a message can show it.
   */
  void settleHeaders(Collection<String> wanted) {
    if (columns.isEmpty()) {
      headless.forEach((file, header) -> addHeader(file, header, List.of()));
    } else {
      String problem = "no line of its beginning names any of the columns ";
      headless.keySet().forEach(file -> addProblem(file, problem + String.join(", ", wanted)));
    }
    headless.clear();
  }

  /** The names of the columns, each once. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** Files that cannot be read, and why. */
  public Map<String, String> problems() {
    return problems;
  }

  /** Names that stand more than once in the header of one file. */
  public Set<String> doubled() {
    return doubled;
  }

  /** Columns without a name, as they are called. */
  public Set<String> unnamed() {
    return unnamed;
  }

  /** Whether there are annotated files of InfluxDB among them. */
  public boolean isAnnotated() {
    return annotated;
  }

  /** A file that is not of the encoding, if there is one. */
  public Optional<String> misencoded() {
    return Optional.ofNullable(misencoded);
  }

  /** Files whose header lacks a column that others have. */
  public List<String> filesWithout(String column) {
    return lacking.getOrDefault(column, List.of());
  }

  /** Files that were read. */
  public long files() {
    return files;
  }

  /** What the cells of a column look like. */
  public ColumnLook look(String column) {
    return columns.getOrDefault(column, ColumnLook.NONE);
  }
}
