package io.longcast.read;

import static org.apache.spark.sql.functions.col;

import io.longcast.read.file.FileCheck;
import io.longcast.read.file.Partitions;
import io.longcast.read.file.SourceFiles;
import io.longcast.table.ParsedColumns;
import io.longcast.table.SnapshotFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Loads the files of a source, but for those that cannot be read, each row with its place. Where
 * damaged files are to be skipped, every file that may hold damage is read once beforehand.
 */
final class FileScan {
  private static final String BASE_PATH = "basePath";
  private static final String GLOB_PATHS = "__globPaths__";

  private final List<SourceFiles.Root> roots;
  private final boolean checks;
  private final Set<String> skipped;
  private final Map<String, String> leftOut = new TreeMap<>();

  /**
   * @param roots the files
   * @param checks whether files are read beforehand to find damage
   * @param skipped files that are not opened, see {@link SourceWindow}
   */
  FileScan(List<SourceFiles.Root> roots, boolean checks, Set<String> skipped) {
    this.roots = roots;
    this.checks = checks;
    this.skipped = skipped;
  }

  /** Leaves files out, with the reason. */
  void leaveOut(Map<String, String> problems) {
    leftOut.putAll(problems);
  }

  /** The files that are left out, and why. */
  Map<String, String> leftOut() {
    return leftOut;
  }

  /** All files that are not skipped, left out or not. */
  long fileCount() {
    return roots.stream()
        .flatMap(root -> root.files().stream())
        .filter(file -> !skipped.contains(file.getPath().toString()))
        .count();
  }

  /** The paths of all files that are neither skipped nor left out. */
  List<String> files() {
    return roots.stream().flatMap(root -> good(root, path -> true).stream()).toList();
  }

  /** The columns that folders are. */
  Set<String> partitions() {
    Set<String> columns = new LinkedHashSet<>();
    roots.forEach(
        root -> root.partitions().values().forEach(parts -> columns.addAll(parts.columns())));
    return columns;
  }

  private List<String> good(SourceFiles.Root root, Predicate<String> wanted) {
    return root.partitions().keySet().stream()
        .filter(path -> wanted.test(path))
        .filter(path -> !leftOut.containsKey(path) && !skipped.contains(path))
        .toList();
  }

  /**
   * The rows of files, with {@link ParsedColumns#FILE} and {@link ParsedColumns#BLOCK}.
   *
   * @param reader makes a reader of the format with its schema and options
   * @param wanted which files
   * @param mayHide whether a file may hold damage that only reading it from end to end shows
   * @return null if no file is left
   */
  Dataset<Row> load(
      Supplier<DataFrameReader> reader, Predicate<String> wanted, Predicate<String> mayHide) {
    Map<Partitions, List<String>> paths = paths(wanted);
    if (checks) {
      paths.forEach(
          (parts, some) ->
              leaveOut(FileCheck.unreadable(load(reader, parts, some), suspects(some, mayHide))));
      paths = paths(wanted);
    }
    Dataset<Row> all = null;
    for (Map.Entry<Partitions, List<String>> part : paths.entrySet()) {
      Dataset<Row> rows = placed(load(reader, part.getKey(), part.getValue()));
      all = all == null ? rows : all.unionByName(rows, true);
    }
    return all;
  }

  /**
   * What is to be loaded for each kind of folders: whole roots where nothing of them is left out.
   */
  private Map<Partitions, List<String>> paths(Predicate<String> wanted) {
    Map<Partitions, List<String>> paths = new LinkedHashMap<>();
    for (SourceFiles.Root root : roots) {
      List<String> good = good(root, wanted);
      Map<String, Partitions> partitions = root.partitions();
      boolean whole =
          good.size() == partitions.size()
              && Set.copyOf(partitions.values()).size() == 1
              && !root.isSnapshot()
              && !root.isDeep();
      for (String file : whole ? good.subList(0, 1) : good) {
        paths
            .computeIfAbsent(partitions.get(file), parts -> new ArrayList<>())
            .add(whole ? root.path().toString() : file);
      }
    }
    return paths;
  }

  private static Dataset<Row> load(
      Supplier<DataFrameReader> reader, Partitions parts, List<String> paths) {
    DataFrameReader with = reader.get().option(GLOB_PATHS, "false");
    if (parts.base() != null) {
      with.option(BASE_PATH, parts.base().toString());
    }
    Dataset<Row> rows = with.load(paths.toArray(String[]::new));
    return parts.isSnapshot() ? rows.drop(SnapshotFiles.WRITE) : rows;
  }

  private Map<String, Long> suspects(List<String> loaded, Predicate<String> mayHide) {
    Map<String, Long> lengths = new LinkedHashMap<>();
    for (SourceFiles.Root root : roots) {
      boolean whole = loaded.contains(root.path().toString());
      root.files().stream()
          .filter(file -> whole || loaded.contains(file.getPath().toString()))
          .filter(file -> mayHide.test(file.getPath().toString()))
          .forEach(file -> lengths.put(file.getPath().toString(), file.getLen()));
    }
    lengths.keySet().removeAll(leftOut.keySet());
    return lengths;
  }

  private static Dataset<Row> placed(Dataset<Row> rows) {
    return rows.select(
        col("*"),
        col("_metadata.file_path").as(ParsedColumns.FILE),
        col("_metadata.file_block_start").as(ParsedColumns.BLOCK));
  }
}
