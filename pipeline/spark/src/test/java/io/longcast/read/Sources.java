package io.longcast.read;

import io.longcast.read.text.CsvSpec;
import io.longcast.read.text.NumberSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of sources as tests want them: defaults, and what differs. */
public final class Sources {
  private String format = "csv";
  private List<String> paths = List.of();
  private Optional<String> table = Optional.empty();
  private Optional<String> query = Optional.empty();
  private Map<String, String> options = Map.of();
  private KafkaSpec kafka =
      new KafkaSpec(
          Optional.empty(),
          Optional.empty(),
          KafkaSpec.Payload.JSON,
          List.of(),
          Optional.empty(),
          0);
  private CsvSpec csv = new CsvSpec(0, 0);
  private SeriesSpec series = new SeriesSpec(List.of("series_id"), "/", false, "series");
  private TimeSpec time = time("auto", "UTC");
  private List<String> values = List.of("value");
  private List<String> past = List.of();
  private List<String> known = List.of();
  private List<String> statics = List.of();
  private NumberSpec numbers = NumberSpec.PLAIN;
  private List<String> missingMarks = List.of("", "NA", "NaN", "null");
  private SourceSpec.NonFinite nonFinite = SourceSpec.NonFinite.REJECT;
  private SourceSpec.BadFiles badFiles = SourceSpec.BadFiles.FAIL;

  private Sources() {}

  /** A source of a format at a path. */
  public static Sources of(String format, Path... paths) {
    Sources sources = new Sources();
    sources.format = format;
    sources.paths = java.util.Arrays.stream(paths).map(Path::toString).toList();
    return sources;
  }

  /** A table of the catalogue. */
  public static Sources table(String name) {
    Sources sources = new Sources();
    sources.table = Optional.of(name);
    return sources;
  }

  /** A CSV file of one series without time, named after the file. */
  public static SourceSpec plain(Path file) {
    return of("csv", file)
        .series(new SeriesSpec(List.of(), "/", true, ""))
        .time(
            new TimeSpec(
                Optional.empty(),
                List.of(),
                "auto",
                "UTC",
                TimeSpec.RepeatedHour.EARLIER,
                Optional.empty(),
                Optional.empty()))
        .spec();
  }

  static TimeSpec time(String format, String zone) {
    return new TimeSpec(
        Optional.of("timestamp"),
        List.of(),
        format,
        zone,
        TimeSpec.RepeatedHour.BY_ORDER,
        Optional.empty(),
        Optional.empty());
  }

  static TimeSpec timeIn(String column) {
    return new TimeSpec(
        Optional.of(column),
        List.of(),
        "auto",
        "UTC",
        TimeSpec.RepeatedHour.EARLIER,
        Optional.empty(),
        Optional.empty());
  }

  public Sources series(String... columns) {
    series = new SeriesSpec(List.of(columns), "/", false, "series");
    return this;
  }

  public Sources series(SeriesSpec spec) {
    series = spec;
    return this;
  }

  public Sources time(TimeSpec spec) {
    time = spec;
    return this;
  }

  public Sources zone(String zone) {
    time = time("auto", zone);
    return this;
  }

  public Sources values(String... columns) {
    values = List.of(columns);
    return this;
  }

  public Sources past(String... columns) {
    past = List.of(columns);
    return this;
  }

  public Sources known(String... columns) {
    known = List.of(columns);
    return this;
  }

  public Sources statics(String... columns) {
    statics = List.of(columns);
    return this;
  }

  public Sources options(Map<String, String> map) {
    options = map;
    return this;
  }

  /** Numbers with a decimal sign, a sign between thousands, and units. */
  public Sources numbers(String decimal, String thousands, String... units) {
    numbers = new NumberSpec(decimal, thousands, List.of(units));
    return this;
  }

  public Sources missing(String... marks) {
    missingMarks = List.of(marks);
    return this;
  }

  public Sources csv(int headerLine, int unitRows) {
    csv = new CsvSpec(headerLine, unitRows);
    return this;
  }

  public Sources kafka(KafkaSpec topic) {
    kafka = topic;
    return this;
  }

  public Sources query(String text) {
    query = Optional.of(text);
    return this;
  }

  public Sources nonFiniteIsMissing() {
    nonFinite = SourceSpec.NonFinite.MISSING;
    return this;
  }

  public Sources skipBadFiles() {
    badFiles = SourceSpec.BadFiles.SKIP;
    return this;
  }

  public SourceSpec spec() {
    return new SourceSpec(
        format,
        paths,
        table,
        query,
        options,
        kafka,
        csv,
        series,
        time,
        values,
        past,
        known,
        statics,
        numbers,
        missingMarks,
        nonFinite,
        badFiles);
  }
}
