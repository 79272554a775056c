package io.longcast.logs;

import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import io.longcast.logs.text.LinearPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final LinearPattern device;
  private final Map<Template, Template.Parameters> parameters = new HashMap<>();

  /**
   * @param by null: one series for all devices
   */
  private LogValuesStage(LogModel model, String by) {
    matcher = TemplateMatcher.of(model.templates(), model.templateSpec());
    device = by == null ? null : LinearPattern.withGroup(by, LogSpec.VALUES_BY);
  }

  /**
   * One row for each number at a wildcard of a line with a time, with the session, the file and the
   * offset of the line; a unit may follow the number. No shuffle.
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
    List<String> texts =
        parameters.computeIfAbsent(template, Template.Parameters::new).of(row.getString(1));
    for (int i = 0; i < texts.size(); i++) {
      int end = numberEnd(texts.get(i));
      if (end > 0) {
        values.add(
            RowFactory.create(
                device(row.getString(2)) + template.id() + "/" + (i + 1),
                row.getTimestamp(0),
                Double.valueOf(texts.get(i).substring(0, end)),
                row.getString(2),
                row.getString(3),
                row.getLong(4)));
      }
    }
    return values;
  }

  /** Where the number that a text begins with ends; 0 if it begins with none. */
  static int numberEnd(String text) {
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int whole = digits(text, sign);
    if (whole == sign) {
      return 0;
    }
    int fraction = text.startsWith(".", whole) ? digits(text, whole + 1) : whole;
    return fraction > whole + 1 ? fraction : whole;
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private String device(String session) {
    if (device == null || session == null) {
      return "";
    }
    return device.firstGroup(session).map(name -> name + "/").orElse("");
  }
}
