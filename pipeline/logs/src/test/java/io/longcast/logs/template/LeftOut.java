package io.longcast.logs.template;

import io.longcast.evaluate.GroupingAccuracy;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses settings of templates by all systems but one. */
final class LeftOut {
  private static final List<Integer> MIN_VALUES = List.of(6, 5, 8, 4, 10);

  private final Map<String, List<String>> contents = new LinkedHashMap<>();
  private final Map<String, List<String>> truth = new HashMap<>();
  private final Map<String, Double> known = new HashMap<>();

  /** Rules and the least number of values. */
  record Setting(Set<TokenRule> rules, int minValues) {
    Setting without(TokenRule rule) {
      Set<TokenRule> rest = EnumSet.copyOf(rules);
      rest.remove(rule);
      return new Setting(rest, minValues);
    }
  }

  void add(String system, List<String> lines, List<String> events) {
    contents.put(system, lines);
    truth.put(system, events);
  }

  /** Drops every rule that does not raise the mean of the others; ties go to fewer rules. */
  Setting bestWithout(String left) {
    Setting best = new Setting(EnumSet.allOf(TokenRule.class), MIN_VALUES.get(0));
    for (TokenRule rule : TokenRule.values()) {
      Setting fewer = best.without(rule);
      best = others(fewer, left) >= others(best, left) - 1e-9 ? fewer : best;
    }
    for (int minValues : MIN_VALUES) {
      Setting other = new Setting(best.rules(), minValues);
      best = others(other, left) > others(best, left) + 1e-9 ? other : best;
    }
    return best;
  }

  private double others(Setting setting, String left) {
    return contents.keySet().stream()
        .filter(system -> !system.equals(left))
        .mapToDouble(system -> accuracy(system, setting))
        .sum();
  }

  double accuracy(String system, Setting setting) {
    return known.computeIfAbsent(system + setting, any -> group(system, setting));
  }

  private double group(String system, Setting setting) {
    List<String> lines = contents.get(system);
    TemplateSpec spec = new TemplateSpec(List.of(), true, setting.minValues(), 50_000);
    LineTokens tokens = new LineTokens(List.of(), setting.rules());
    TemplateMatcher matcher = TemplateMatcher.of(LocalTemplates.learn(lines, spec, tokens));
    return GroupingAccuracy.of(
            lines.stream().map(line -> matcher.matchMasked(tokens.masked(line)).text()).toList(),
            truth.get(system))
        .value();
  }
}
