package io.longcast.jobs;

import io.longcast.config.RunSpec;
import io.longcast.pipeline.StageClock;
import io.longcast.write.TableReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longcast show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Prints rows of a table that a run wrote, such as forecasts, anomalies or events.")
final class ShowCommand implements Callable<Integer> {
  private static final String SERIES = "series_id";
  private static final List<String> ORDER =
      List.of(SERIES, "channel", "origin", "timestamp", "start", "step", "row", "metric");

  @Parameters(
      paramLabel = "TABLE",
      description = "forecasts, anomalies, events, metrics, accuracy, rejects, series_status, ...")
  private String table;

  @Option(names = "--series", paramLabel = "ID", description = "rows of this series alone")
  private String series;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "most rows to print (${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--csv", description = "print CSV with a header")
  private boolean csv;

  @Option(names = "--json-lines", description = "print a JSON object a row")
  private boolean json;

  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    return options.without(table).run("show", this::work);
  }

  private CommandResult work(SparkSession spark, RunSpec run, StageClock clock) {
    Dataset<Row> rows = read(spark, run);
    List<String> columns = Arrays.asList(rows.columns());
    if (series != null) {
      if (!columns.contains(SERIES)) {
        throw new IllegalArgumentException(
            "the table " + table + " has no series (option --series); its columns are " + columns);
      }
      rows = rows.where(functions.col(SERIES).equalTo(series));
    }
    Column[] order =
        ORDER.stream().filter(columns::contains).map(functions::col).toArray(Column[]::new);
    Dataset<Row> first = rows.orderBy(order).limit(limit);
    CommandResult answer = new CommandResult();
    (json ? first.toJSON().collectAsList() : csv ? csv(first) : text(first)).forEach(answer::line);
    return answer;
  }

  private Dataset<Row> read(SparkSession spark, RunSpec run) {
    if (!table.matches("[a-z_]+")) {
      throw new IllegalArgumentException(
          "expected the name of a table such as forecasts, found \"" + table + "\"");
    }
    String path = run.output().table(table);
    return "delta".equalsIgnoreCase(run.output().format())
        ? spark.read().format("delta").load(path)
        : TableReader.load(spark, run.output().format(), path);
  }

  private static List<String> csv(Dataset<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", rows.columns()));
    Column[] texts =
        Arrays.stream(rows.schema().fields())
            .map(field -> functions.col(field.name()).cast(DataTypes.StringType))
            .toArray(Column[]::new);
    rows.select(functions.to_csv(functions.struct(texts)))
        .collectAsList()
        .forEach(row -> lines.add(row.getString(0)));
    return lines;
  }

  /** Columns side by side; numbers with six significant digits, without what all rows lack. */
  private static List<String> text(Dataset<Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of(rows.columns()));
    Column[] texts =
        Arrays.stream(rows.schema().fields()).map(ShowCommand::shown).toArray(Column[]::new);
    for (Row row : rows.select(texts).collectAsList()) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        String cell = Optional.ofNullable(row.getString(i)).orElse("");
        line.add(AlignedText.cut(cell));
      }
      cells.add(line);
    }
    return AlignedText.lines(cells);
  }

  private static Column shown(StructField field) {
    Column column = functions.col(field.name());
    boolean fraction =
        field.dataType().equals(DataTypes.DoubleType)
            || field.dataType().equals(DataTypes.FloatType);
    return fraction
        ? functions.when(column.isNotNull(), functions.format_string("%.6g", column))
        : column.cast(DataTypes.StringType);
  }
}
