package io.longcast.flow.draft;

import com.typesafe.config.ConfigUtil;
import io.longcast.flow.draft.ColumnRoles.Found;
import io.longcast.read.TimeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    format.options().forEach((key, value) -> set("source.options." + key, quoted(value)));
    if (format.headerLine() > 0) {
      set(
          "source.csv.headerLine",
          Integer.toString(format.headerLine()),
          "lines above are skipped");
    }
    if (format.unitRows() > 0) {
      set("source.csv.unitRows", Integer.toString(format.unitRows()), "no data, such as units");
    }
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
    numbers(found.look());
    notes.addAll(found.notes());
  }

  private static String told(Found found) {
    return found.series().isEmpty() ? "" : "with the time they name a row";
  }

  private void numbers(NumberLook look) {
    if (!look.decimal().equals(".")) {
      set("source.numbers.decimal", quoted(look.decimal()), "before the fraction");
    }
    if (!look.thousands().isEmpty()) {
      set("source.numbers.thousands", quoted(look.thousands()), "between groups of digits");
    }
    if (!look.units().isEmpty()) {
      set("source.numbers.units", list(look.units()), "beside the numbers");
    }
    if (!look.marks().isEmpty()) {
      List<String> marks = new ArrayList<>(NumberLook.KNOWN);
      marks.addAll(look.marks());
      set("source.missingMarks", list(marks), "in place of missing numbers");
    }
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
    if (!found.time().format().equals(TimeSpec.AUTO)) {
      set("source.time.format", quoted(found.time().format()));
    }
    if (found.time().isLocal()) {
      set(
          "source.time.zone",
          quoted("UTC"),
          "the times name no zone: if it is another, such as Europe/Berlin, set it");
    }
  }

  /** The series of a table that has one in each row. */
  void wide(WideTable table) {
    set("source.query", quoted(table.query()), "each row is a series, its steps in columns");
    set("source.series.columns", list(table.ids()));
    if (table.timeFormat().isPresent()) {
      set("source.time.column", quoted(WideTable.TIME), "the names of the columns");
      set("source.time.format", quoted(table.timeFormat().get()));
    } else {
      set("source.time.column", "null");
      set("clean.grid", "rows", "the columns are the steps in their order");
    }
    set("source.valueColumns", list(List.of(WideTable.VALUE)));
    numbers(table.look());
  }

  static String list(List<String> values) {
    return values.stream().map(RunDraft::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  static String quoted(String text) {
    return ConfigUtil.quoteString(text);
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
