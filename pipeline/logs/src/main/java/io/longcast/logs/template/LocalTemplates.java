package io.longcast.logs.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Learns the templates of a log that fits into memory: the same ones as {@link TemplateStage}. */
public final class LocalTemplates {
  private LocalTemplates() {}

  /** The templates of the contents of lines, in canonical order. */
  public static List<Template> learn(List<String> contents, TemplateSpec spec) {
    return learn(contents, spec, spec.tokens());
  }

  static List<Template> learn(List<String> contents, TemplateSpec spec, LineTokens tokens) {
    Map<String, Map<String, Long>> groups = new TreeMap<>();
    for (String content : contents) {
      String masked = tokens.maskedOrBlank(content);
      if (!masked.isEmpty()) {
        groups
            .computeIfAbsent(TemplateStage.group(masked), group -> new TreeMap<>())
            .merge(masked, 1L, Long::sum);
      }
    }
    List<Template> templates = new ArrayList<>();
    groups.values().forEach(group -> templates.addAll(new TemplateClusters(spec).cluster(group)));
    templates.sort(Template.CANONICAL);
    return List.copyOf(templates);
  }
}
