package io.longcast.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.backtest.Comparison;
import io.longcast.backtest.Evaluation;
import io.longcast.backtest.ModelScores;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointErrors;
import io.longcast.forecast.WindowStratum;
import io.longcast.report.TerminalTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a command says: lines for the terminal, figures for {@code --json}, an exit code. */
final class CommandResult {
  private static final List<String> SHOWN =
      List.of("mase", "rmsse", "smape", "wape", "weighted_quantile_loss", "coverage_95");

  private final List<String> lines = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private int code;

  /** Adds a line. */
  CommandResult line(String text) {
    lines.add(text);
    return this;
  }

  /** Adds a line that is shown with {@code --verbose} alone. */
  CommandResult detail(String text) {
    details.add(text);
    return this;
  }

  /** Takes over the figures of a report that is JSON already. */
  CommandResult figures(String json) {
    try {
      figures.putAll(new JsonMapper().readValue(json, new TypeReference<Map<String, Object>>() {}));
      return this;
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the report cannot be written as JSON", broken);
    }
  }

  /** Adds a figure to the JSON. */
  CommandResult figure(String name, Object value) {
    figures.put(name, value);
    return this;
  }

  /** A figure that was added, as text. */
  String figure(String name) {
    return String.valueOf(figures.get(name));
  }

  /** Adds another answer: its lines after a blank one, its figures under a name. */
  CommandResult part(String name, CommandResult part) {
    lines.add("");
    lines.addAll(part.lines);
    details.addAll(part.details);
    return figure(name, part.figures);
  }

  /** Adds the table of a model and its baselines; says who won. */
  CommandResult comparison(Comparison comparison) {
    if (!comparison.hasWindows()) {
      return line("no validation window to compare the model on");
    }
    List<String> names = columns(comparison);
    List<String> headings = new ArrayList<>(List.of("validation"));
    headings.addAll(names);
    TerminalTable table = new TerminalTable(headings);
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    for (ModelScores model : comparison.models()) {
      Map<String, Double> scores = scores(model);
      table.row(model.name(), names.stream().map(n -> scores.getOrDefault(n, Double.NaN)).toList());
      if (model == comparison.subject()) {
        figure("metrics", scores);
      } else {
        baselines.put(model.name(), scores);
      }
    }
    figure("baselines", baselines);
    table.toString().lines().forEach(lines::add);
    groups(comparison);
    String best = comparison.bestBaseline().name();
    return line(
        comparison.subjectWins()
            ? comparison.subject().name() + " is better: its MASE is lower than that of " + best
            : best + " is at least as good: the network's MASE is not lower");
  }

  /**
   * Adds the metrics of the model on outlier windows and on the rest, compared with the best
   * baseline.
   */
  private void groups(Comparison comparison) {
    Map<WindowStratum, PointErrors> baseline = comparison.bestBaseline().byGroup();
    String best = comparison.bestBaseline().name();
    String name = comparison.subject().name();
    TerminalTable table =
        new TerminalTable(List.of("windows apart", "values", name + " wape", best + " wape"));
    Map<String, Double> shares = new LinkedHashMap<>();
    comparison
        .subject()
        .byGroup()
        .forEach(
            (group, errors) -> {
              double share = errors.wape().value();
              double other = baseline.get(group).wape().value();
              table.row(group.word(), List.of(errors.mae().count(), share, other));
              shares.put(group.word(), share);
            });
    table.toString().lines().forEach(lines::add);
    figure("wape_by_group", shares);
  }

  /** Adds the table of a classifier and the most frequent class. */
  CommandResult verdict(Evaluation verdict) {
    if (!verdict.hasWindows()) {
      return line("no validation window to compare the model on");
    }
    List<String> names = List.of("accuracy", "macro_f1", "mcc", "log_loss");
    List<String> headings = new ArrayList<>(List.of("validation"));
    headings.addAll(names);
    TerminalTable table = new TerminalTable(headings);
    verdict
        .metrics()
        .forEach(
            (model, metrics) -> {
              Map<String, Double> scores = new TreeMap<>();
              metrics.forEach(metric -> scores.put(metric.name(), metric.value()));
              table.row(model, names.stream().map(scores::get).toList());
              figure(model, scores);
            });
    table.toString().lines().forEach(lines::add);
    return line(
        verdict.subjectWins()
            ? "the network is better than the most frequent class in macro F1 and in log loss"
            : "the network does not beat the most frequent class in both macro F1 and log loss");
  }

  private static List<String> columns(Comparison comparison) {
    Map<String, Double> scores = scores(comparison.subject());
    return SHOWN.stream().filter(scores::containsKey).toList();
  }

  private static Map<String, Double> scores(ModelScores model) {
    Map<String, Double> scores = new TreeMap<>();
    for (Metric metric : model.pooled().metrics()) {
      scores.put(metric.name(), metric.value());
    }
    return scores;
  }

  /** Adds the seconds of the stages as figures, and as lines for {@code --verbose}. */
  CommandResult seconds(Map<String, Double> seconds) {
    table(seconds).lines().forEach(details::add);
    return figure("seconds", seconds);
  }

  /** Adds the seconds of the stages. */
  CommandResult stages(Map<String, Double> seconds) {
    table(seconds).lines().forEach(lines::add);
    return this;
  }

  private static String table(Map<String, Double> seconds) {
    TerminalTable table = new TerminalTable(List.of("stage", "seconds"));
    seconds.forEach((stage, spent) -> table.row(stage, List.of(spent)));
    return table.toString();
  }

  /** The run went through, but not over its quality gate. */
  CommandResult gateMissed(String why) {
    code = ExitCode.GATE_MISSED;
    return line(why);
  }

  /** The run went through, but something is left for the next one. */
  CommandResult pending(String why) {
    code = ExitCode.PENDING;
    return line(why);
  }

  int code() {
    return code;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Lines for {@code --verbose}. */
  List<String> details() {
    return List.copyOf(details);
  }

  String json() {
    try {
      return JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(figures)
          + "\n";
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the figures cannot be written as JSON", broken);
    }
  }
}
