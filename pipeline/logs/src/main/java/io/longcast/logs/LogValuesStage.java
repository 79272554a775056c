package io.longcast.logs;

import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Series are named {@code device/template id/number of the wildcard}. */
  private static final StructType SCHEMA =
      new StructType()
          .add("series_id", DataTypes.StringType, false)
          .add("timestamp", DataTypes.TimestampType, false)
          .add("value", DataTypes.DoubleType, false)
          .add("session_id", DataTypes.StringType, true)
          .add("source_file", DataTypes.StringType, false)
          .add("source_offset", DataTypes.LongType, false);

  private final TemplateMatcher matcher;
  private final Pattern device;
  private final Map<Template, Pattern> patterns = new HashMap<>();

  /**
   * @param by null: one series for all devices
   */
  private LogValuesStage(LogModel model, String by) {
    matcher = TemplateMatcher.of(model.templates(), model.templateSpec());
    device = by == null ? null : Pattern.compile(by);
  }

  /**
   * One row for each number that stands at a wildcard of a line with a time, with the session, the
   * file and the offset of the line; a unit may follow the number. No shuffle.
   *
   * @param lines as {@link io.longcast.logs.line.LogReadStage} reads them
   * @param by what names a device in the session, see {@link LogSpec}; lines whose session does not
   *     show it share one series
   */
  public static Dataset<Row> values(Dataset<Row> lines, LogModel model, Optional<String> by) {
    String regex = by.orElse(null);
    MapPartitionsFunction<Row, Row> numbers =
        rows -> {
          LogValuesStage stage = new LogValuesStage(model, regex);
          Iterable<Row> all = () -> rows;
          return StreamSupport.stream(all.spliterator(), false)
              .flatMap(row -> stage.numbers(row).stream())
              .iterator();
        };
    return lines
        .filter("reason is null and timestamp is not null")
        .select("timestamp", "content", "session_id", "source_file", "source_offset")
        .mapPartitions(numbers, Encoders.row(SCHEMA));
  }

  private List<Row> numbers(Row row) {
    Template template = matcher.match(row.getString(1));
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
                device(row.getString(2)) + template.id() + "/" + i,
                row.getTimestamp(0),
                Double.valueOf(number.group()),
                row.getString(2),
                row.getString(3),
                row.getLong(4)));
      }
    }
    return values;
  }

  private String device(String session) {
    if (device == null || session == null) {
      return "";
    }
    Matcher found = device.matcher(session);
    return found.find() && found.group(1) != null ? found.group(1) + "/" : "";
  }
}
