package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.template.Template;
import io.longcast.anomaly.logs.template.TemplateMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The numbers in log lines as series: a table of observations for the metric detector. */
public final class LogValuesStage {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d+)?");

  /** Series are named {@code template id/number of the wildcard}. */
  private static final StructType SCHEMA =
      new StructType()
          .add("series_id", DataTypes.StringType, false)
          .add("timestamp", DataTypes.TimestampType, false)
          .add("value", DataTypes.DoubleType, false);

  private LogValuesStage() {}

  /**
   * One row for each number that stands at a wildcard of a line with a time; a unit may follow it.
   * No shuffle.
   *
   * @param lines as {@link io.longcast.anomaly.logs.line.LogReadStage} reads them
   */
  public static Dataset<Row> values(Dataset<Row> lines, LogModel model) {
    MapPartitionsFunction<Row, Row> numbers = rows -> numbers(rows, model);
    return lines
        .filter("reason is null and timestamp is not null")
        .select("timestamp", "content")
        .mapPartitions(numbers, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> numbers(Iterator<Row> rows, LogModel model) {
    TemplateMatcher matcher = TemplateMatcher.of(model.templates(), model.templateSpec());
    Map<Template, Pattern> patterns = new HashMap<>();
    Iterable<Row> all = () -> rows;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(row -> numbers(row, matcher.match(row.getString(1)), patterns).stream())
        .iterator();
  }

  private static List<Row> numbers(Row row, Template template, Map<Template, Pattern> patterns) {
    if (template == null) {
      return List.of();
    }
    List<Row> values = new ArrayList<>();
    Pattern pattern = patterns.computeIfAbsent(template, Template::pattern);
    Matcher line = pattern.matcher(row.getString(1).strip());
    for (int i = 1; line.matches() && i <= line.groupCount(); i++) {
      Matcher number = NUMBER.matcher(line.group(i));
      if (number.lookingAt()) {
        values.add(
            RowFactory.create(
                template.id() + "/" + i, row.getTimestamp(0), Double.valueOf(number.group())));
      }
    }
    return values;
  }
}
