package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.table.ObservationsTable;
import io.longcast.table.TableShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/tables.md} lists the tables with the Javadoc of their columns. */
@Tag("once")
class TablesPageTest {
  private static final Path PAGE = SparkHome.ROOT.resolve("docs/tables.md");
  private static final List<String> FOLDERS =
      List.of(
          "pipeline/spark/src/main/java/io/longcast/table",
          "pipeline/logs/src/main/java/io/longcast/logs/table");
  private static final String JAVADOC = "/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\s*";
  private static final Pattern CLASS = Pattern.compile(JAVADOC + "public final class (\\w+Table)");
  private static final Pattern OTHER = Pattern.compile("\\b(\\w+Table)\\.");

  @Test
  void listsEveryColumnWithItsTypeAndMeaning() throws IOException {
    String expected = page();
    if (Boolean.getBoolean("longcast.writeDocs")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/tables.md is generated: run this test with -Dlongcast.writeDocs=true")
        .isEqualTo(expected);
  }

  private static String page() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Tables\n\n");
    page.append("Generated from the classes of `io.longcast.table` and `io.longcast.logs.table`.");
    page.append(" Tables are Parquet folders under `output.path` (`output.format = delta` makes");
    page.append(" them Delta tables); `longcast show TABLE RUNFILE` prints their rows. Timestamps");
    page.append(" are `TIMESTAMP` in UTC. Every column may be null, which means absent.\n\n");
    page.append("A run replaces the rows that carry its own `model_id` or `source`: of");
    page.append(" `forecasts` only those of the same series, origin and model, of a detection");
    page.append(" that goes on those of the same steps. A partition by date holds a day, a month");
    page.append(" or a year, as suits the frequency; `longcast vacuum` deletes those that");
    page.append(" `output.retention` no longer keeps.\n");
    for (String folder : FOLDERS) {
      for (Path source : sources(SparkHome.ROOT.resolve(folder))) {
        table(page, source);
      }
    }
    return page.toString();
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith("Table.java")).sorted().toList();
    }
  }

  private static void table(StringBuilder page, Path source) throws IOException {
    String text = Files.readString(source);
    MatchResult declared = CLASS.matcher(text).results().findFirst().orElseThrow();
    TableShape shape = shape(source, declared.group(2));
    page.append("\n## ").append(shape.name()).append("\n\n");
    page.append(plain(declared.group(1), text)).append("\n\n");
    page.append("Key: ").append(names(shape.key()));
    page.append(shape.partitions().isEmpty() ? "" : "; partitions: " + names(shape.partitions()));
    page.append(".\n\n| column | type | meaning |\n|---|---|---|\n");
    for (StructField column : shape.schema().fields()) {
      String meaning = meaning(column.name(), source).orElse("");
      assertThat(meaning).as("Javadoc of column %s in %s", column.name(), source).isNotBlank();
      String type = column.dataType().catalogString().replace(",", ", ");
      page.append("| `%s` | `%s` | %s |\n".formatted(column.name(), type, meaning));
    }
    if (shape.name().equals("observations")) {
      page.append("\nFurther columns: channels and covariates as `double`, static ones as text.\n");
    }
  }

  private static TableShape shape(Path source, String name) {
    if (name.equals("ObservationsTable")) {
      return new TableShape(
          "observations", ObservationsTable.SCHEMA, ObservationsTable.KEY, List.of());
    }
    String folder = source.getParent().toString().replaceAll(".*/java/", "").replace('/', '.');
    try {
      return (TableShape) Class.forName(folder + "." + name).getField("TABLE").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(source + " has no public TABLE", e);
    }
  }

  /** From the constant that names the column, in this table or one that it takes columns from. */
  private static Optional<String> meaning(String column, Path source) throws IOException {
    String text = Files.readString(source);
    Pattern constant =
        Pattern.compile(JAVADOC + "public static final String \\w+ = \"" + column + "\";");
    Optional<String> own =
        constant.matcher(text).results().findFirst().map(found -> plain(found.group(1), text));
    if (own.isPresent()) {
      return own;
    }
    for (MatchResult other : OTHER.matcher(text).results().toList()) {
      Path file = source.resolveSibling(other.group(1) + ".java");
      if (!file.equals(source) && Files.exists(file)) {
        Optional<String> there = meaning(column, file);
        if (there.isPresent()) {
          return there;
        }
      }
    }
    return Optional.empty();
  }

  /** Javadoc as Markdown on one line; constants of the class by their values. */
  private static String plain(String javadoc, String text) {
    String line =
        javadoc
            .lines()
            .map(each -> each.replaceFirst("^\\s*\\*?\\s*", ""))
            .collect(Collectors.joining(" "));
    String valued =
        Pattern.compile("\\{@link #(\\w+)}")
            .matcher(line)
            .replaceAll(found -> "`" + value(found.group(1), text) + "`");
    return valued
        .replaceAll(",? \\(?see \\{@link [^}]*}\\)?", "")
        .replaceAll("\\{@link [\\w.]*?(\\w+)(?:#\\w+(?:\\([^)]*\\))?)?( [^}]*)?}", "`$1`")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceAll("\\{@value #?\\w*}", "")
        .replace("<p>", "")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }

  private static String value(String constant, String text) {
    return Pattern.compile("String " + constant + " = \"([^\"]*)\"")
        .matcher(text)
        .results()
        .findFirst()
        .map(found -> found.group(1))
        .orElse(constant);
  }

  private static String names(List<String> columns) {
    return columns.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
