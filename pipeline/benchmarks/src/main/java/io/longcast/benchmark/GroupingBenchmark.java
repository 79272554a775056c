package io.longcast.benchmark;

import io.longcast.benchmark.GroupingSpec.LogSystem;
import io.longcast.evaluate.GroupingAccuracy;
import io.longcast.logs.line.LineParser;
import io.longcast.logs.line.LineSpec;
import io.longcast.logs.line.LogRecord;
import io.longcast.logs.template.LocalTemplates;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import io.longcast.logs.template.TemplateSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lines grouped by template without their labels: one setting for all systems, only the header
 * differs. A published row gives a figure a system; its mean is taken over the systems that are
 * there.
 */
public final class GroupingBenchmark {
  private static final String MEAN = "grouping_accuracy";

  /** Passes before the one whose time counts. */
  private static final int WARM = 5;

  private final BenchmarkSpec spec;
  private final GroupingSpec grouping;
  private final TemplateSpec templates;
  private final Path data;
  private final Map<String, Double> accuracies = new LinkedHashMap<>();
  private long lines;
  private long rejected;
  private long learned;
  private double seconds;

  /**
   * @param data the collection's folder
   * @param templates the one setting
   */
  public GroupingBenchmark(BenchmarkSpec spec, Path data, TemplateSpec templates) {
    this.spec = spec;
    this.grouping = spec.grouping().orElseThrow();
    this.templates = templates;
    this.data = data;
  }

  /** Groups the lines of the systems that are present and evaluates the groups. */
  public BenchmarkReport run() {
    long start = System.nanoTime();
    for (LogSystem system : grouping.systems()) {
      if (Files.isDirectory(data.resolve(system.name()))) {
        accuracies.put(system.name(), accuracy(system));
      }
    }
    if (accuracies.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a folder a system, found none of "
              + grouping.systems().stream().map(LogSystem::name).toList()
              + " in "
              + data);
    }
    Map<String, Double> ours = row(accuracies);
    ours.put("systems", (double) accuracies.size());
    ours.put("lines", (double) lines);
    ours.put("rejected_lines", (double) rejected);
    ours.put("templates", (double) learned);
    ours.put("lines_per_second_per_core", lines / seconds);
    return new BenchmarkReport(
        spec.name(),
        ours,
        Map.of(),
        published(ours),
        Map.of("templates", templates.toString(), "fixed_on", spec.fixedOn()),
        Reports.secondsSince(start));
  }

  private Map<String, Double> row(Map<String, Double> bySystem) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put(
        MEAN,
        accuracies.keySet().stream()
            .mapToDouble(name -> bySystem.getOrDefault(name, Double.NaN))
            .average()
            .orElse(Double.NaN));
    accuracies.keySet().forEach(name -> row.put(name, bySystem.getOrDefault(name, Double.NaN)));
    return row;
  }

  /** Published rows of the systems here; how far ours lie from the first goes to our figures. */
  private Map<String, Map<String, Double>> published(Map<String, Double> ours) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    Reports.published(spec).forEach((method, figures) -> rows.put(method, row(figures)));
    rows.values().stream()
        .findFirst()
        .ifPresent(
            first -> {
              ours.put("margin_of_mean", ours.get(MEAN) - first.get(MEAN));
              ours.put(
                  "least_margin",
                  accuracies.keySet().stream()
                      .mapToDouble(name -> ours.get(name) - first.get(name))
                      .min()
                      .orElse(Double.NaN));
            });
    return rows;
  }

  private double accuracy(LogSystem system) {
    List<String> contents = contents(system);
    List<String> labels = labels(system);
    if (labels.size() != contents.size()) {
      throw new IllegalArgumentException(
          "%s must have a row for each of the %,d lines of %s, found %,d"
              .formatted(
                  file(system, grouping.labels()),
                  contents.size(),
                  file(system, grouping.log()),
                  labels.size()));
    }
    List<Template> found = LocalTemplates.learn(contents, templates);
    TemplateMatcher matcher = TemplateMatcher.of(found, templates);
    List<String> groups = contents.stream().map(line -> group(matcher.match(line))).toList();
    for (int warm = 0; warm < WARM; warm++) {
      contents.forEach(matcher::match);
    }
    long start = System.nanoTime();
    contents.forEach(matcher::match);
    seconds += Reports.secondsSince(start);
    lines += contents.size();
    learned += found.size();
    return GroupingAccuracy.of(groups, labels).value();
  }

  private static String group(Template template) {
    return template == null ? "none" : template.id();
  }

  /** Contents of the lines; a line without the header is content from end to end. */
  private List<String> contents(LogSystem system) {
    LineParser parser = new LineParser(LineSpec.plain(system.pattern()));
    List<String> contents = new ArrayList<>();
    Path log = present(system, grouping.log());
    String text = read(log);
    if (text.isBlank()) {
      throw new IllegalArgumentException("expected log lines, found an empty file: " + log);
    }
    for (String line : text.split("\r?\n")) {
      LogRecord record = parser.parse(line);
      rejected += record.isReject() ? 1 : 0;
      contents.add(record.isReject() ? line : record.content());
    }
    return contents;
  }

  private List<String> labels(LogSystem system) {
    DelimitedFile file = DelimitedFile.read(present(system, grouping.labels()), ',');
    double[] lines = file.numbers(file.column("LineId"));
    int event = file.column("EventId");
    return IntStream.range(0, lines.length)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> lines[row]))
        .map(row -> file.cell(row, event))
        .toList();
  }

  private Path file(LogSystem system, String name) {
    return data.resolve(system.name()).resolve(name.replace("<System>", system.name()));
  }

  private Path present(LogSystem system, String name) {
    Path file = file(system, name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "the folder of %s must hold its lines and labels, found no file %s"
              .formatted(system.name(), file));
    }
    return file;
  }

  /** Bytes that are no UTF-8 become the replacement character. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
