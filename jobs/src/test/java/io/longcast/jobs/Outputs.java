package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.model.bundle.Manifest;
import io.longcast.write.TableReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * A copy of an output folder and what it says: the rows of its tables without times of machines,
 * and its models.
 *
 * @param copy where it lies
 * @param tables rows by table
 * @param models content of {@code LATEST} and SHA-256 of the parameters, by path
 */
record Outputs(Path copy, Map<String, List<String>> tables, Map<String, String> models) {
  private static final Set<String> NO_TABLES = Set.of("models", "checkpoints", "stream");
  private static final Set<String> CLOCKS =
      Set.of("seconds", "seconds_by_part", "windows_per_second", "straggler_share", "at");

  static Outputs copied(Path output, Path copy) throws IOException {
    copy(output, copy);
    try (SparkSession spark = session()) {
      Map<String, List<String>> tables = new TreeMap<>();
      for (String table : tables(output)) {
        tables.put(table, rows(spark, output.resolve(table)));
      }
      return new Outputs(copy, tables, models(output));
    }
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("outputs")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  private static List<String> tables(Path output) throws IOException {
    try (Stream<Path> all = Files.list(output)) {
      return all.filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith(".") && !NO_TABLES.contains(name))
          .sorted()
          .toList();
    }
  }

  private static List<String> rows(SparkSession spark, Path table) {
    Dataset<Row> rows = TableReader.load(spark, "parquet", table.toString());
    String[] columns =
        Arrays.stream(rows.schema().fields())
            .filter(field -> !CLOCKS.contains(field.name()))
            .map(
                field ->
                    field.dataType().equals(DataTypes.BinaryType)
                        ? "sha2(`%s`, 256)".formatted(field.name())
                        : "`" + field.name() + "`")
            .toArray(String[]::new);
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static Map<String, String> models(Path output) throws IOException {
    Map<String, String> models = new TreeMap<>();
    Path home = output.resolve("models");
    if (Files.isDirectory(home)) {
      try (Stream<Path> all = Files.walk(home)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          String name = file.getFileName().toString();
          if (name.equals("LATEST")) {
            models.put(home.relativize(file).toString(), Files.readString(file));
          } else if (name.equals(Manifest.FILE)) {
            models.put(home.relativize(file).toString(), parameters(file));
          }
        }
      }
    }
    return models;
  }

  private static String parameters(Path manifest) throws IOException {
    return new ObjectMapper().readTree(manifest.toFile()).path("parametersSha256").asText();
  }

  /** Puts the copy in place of a folder. */
  void restore(Path output) throws IOException {
    delete(output);
    copy(copy, output);
  }

  /**
   * Requires that each table of before can be read in a folder: as it was before, as it is after,
   * or, with a message that says so, not until the next start.
   *
   * @param one whether a command changes a table in one step
   * @return how many tables were seen in which state
   */
  Map<String, Integer> seenIn(Path output, Outputs before, boolean one, String when)
      throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    try (SparkSession spark = session()) {
      for (String table : before.tables.keySet()) {
        counts.merge(seen(spark, output.resolve(table), before, one, when), 1, Integer::sum);
      }
    }
    return counts;
  }

  private String seen(SparkSession spark, Path table, Outputs before, boolean one, String when) {
    String name = table.getFileName().toString();
    List<String> found;
    try {
      found = rows(spark, table);
    } catch (IllegalStateException betweenTwo) {
      assertThat(betweenTwo).as(when).hasMessageContaining("is between two states");
      return "between two states";
    }
    if (found.equals(before.tables.get(name))) {
      return "as before";
    }
    if (one && !found.equals(tables.get(name))) {
      fail("%s: %s has neither the rows of before nor those of after: %s", when, name, found);
    }
    return "as after";
  }

  /** Requires that a folder has the same tables and models, and nothing else. */
  void requireSame(Path output, String when) throws IOException {
    try (Stream<Path> all = Files.list(output)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .as(when)
          .noneMatch(name -> name.startsWith("."));
    }
    assertThat(tables(output)).as(when).containsExactlyElementsOf(tables.keySet());
    assertThat(models(output)).as(when).isEqualTo(models);
    try (SparkSession spark = session()) {
      tables.forEach(
          (table, rows) ->
              assertThat(rows(spark, output.resolve(table)))
                  .as("%s: %s", when, table)
                  .isEqualTo(rows));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path one, IOException failure)
              throws IOException {
            Files.delete(one);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
