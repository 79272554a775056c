package io.longcast.flow.draft;

import com.typesafe.config.ConfigUtil;
import io.longcast.flow.draft.ColumnRoles.Found;
import io.longcast.read.SourceSample;
import io.longcast.table.ExactName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Settings of a run file in the making, in their order, each with what it is based on.
 *
 * @param name of the run
 * @param settings values as HOCON writes them, by key
 * @param why what a setting is based on, by key; not every one has it
 * @param notes what else the user should know
 */
record RunDraft(
    String name, Map<String, String> settings, Map<String, String> why, List<String> notes) {
  /** Columns of a table that has a series in each row. */
  private static final int LEAST_STEPS = 6;

  static RunDraft empty(String name) {
    return new RunDraft(name, new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
  }

  void set(String key, String value, String reason) {
    settings.put(key, value);
    if (!reason.isEmpty()) {
      why.put(key, reason);
    }
  }

  void set(String key, String value) {
    set(key, value, "");
  }

  /** As words of the command line. */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of("name=" + name));
    settings.forEach((key, value) -> words.add(key + "=" + value));
    return words;
  }

  /** Where the rows are. */
  void source(SourceFormat format) {
    set("source.format", format.name());
    set("source.paths", list(List.of(format.path())));
    format
        .separator()
        .filter(separator -> !separator.equals(","))
        .ifPresent(
            separator ->
                set("source.options.sep", quoted(separator.equals("\t") ? "\\t" : separator)));
  }

  /** What the columns are. */
  void columns(Found found) {
    set("source.series.columns", list(found.series()), told(found));
    if (found.fromFileName()) {
      set("source.series.fromFileName", "true", "each file holds its own series");
    }
    time(found);
    set("source.valueColumns", list(found.values()), "the channels to forecast");
    if (!found.statics().isEmpty()) {
      set("source.staticCovariates", list(found.statics()), "do not change within a series");
    }
    if (found.decimal().equals(",")) {
      set("source.numbers.decimal", quoted(","));
    }
    notes.addAll(found.notes());
  }

  private static String told(Found found) {
    return found.series().isEmpty() ? "" : "with the time they name a row";
  }

  private void time(Found found) {
    List<String> columns = found.time().columns();
    if (columns.isEmpty()) {
      set("source.time.column", "null", "no column holds times");
      set("clean.grid", "rows", "rows are taken in the order of the file");
    } else if (columns.size() == 1) {
      set("source.time.column", quoted(columns.get(0)));
    } else {
      set("source.time.columns", list(columns));
    }
    if (!found.time().format().equals("auto")) {
      set("source.time.format", quoted(found.time().format()));
    }
  }

  /** Whether each row is a series, its steps in columns. */
  static boolean isWide(SourceSample sample, Found found) {
    List<String> numbers = found.numbers();
    return found.time().columns().isEmpty()
        && numbers.size() >= LEAST_STEPS
        && sample.names().size() == numbers.size() + 1
        && !numbers.contains(sample.names().get(0));
  }

  /** The series of a table that has one in each row. */
  void wide(SourceSample sample, Found found) {
    List<String> steps = found.numbers();
    String array =
        IntStream.range(0, steps.size())
            .mapToObj(i -> ExactName.sql(steps.get(i)))
            .collect(Collectors.joining(", "));
    set(
        "source.query",
        quoted(
            "SELECT %s AS series_id, step AS row, value FROM source LATERAL VIEW posexplode(array(%s)) AS step, value WHERE value IS NOT NULL AND value <> ''"
                .formatted(ExactName.sql(sample.names().get(0)), array)),
        "each row is a series, its steps in columns");
    set("source.series.columns", list(List.of("series_id")));
    set("source.time.column", "null");
    set("clean.grid", "rows", "the columns are the steps in their order");
    set("source.valueColumns", list(List.of("value")));
  }

  static String list(List<String> values) {
    return values.stream().map(RunDraft::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  static String quoted(String text) {
    return ConfigUtil.quoteString(text).replace("\\\\t", "\\t");
  }

  /** The run file. */
  String text() {
    StringBuilder text = new StringBuilder();
    notes.forEach(note -> text.append("# ").append(note).append('\n'));
    text.append("name = ").append(quoted(name)).append('\n');
    settings.forEach(
        (key, value) -> {
          String reason = why.getOrDefault(key, "");
          text.append(reason.isEmpty() ? "" : "# " + reason + "\n");
          text.append(key).append(" = ").append(value).append('\n');
        });
    return text.toString();
  }
}
