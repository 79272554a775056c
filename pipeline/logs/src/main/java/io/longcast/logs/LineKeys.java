package io.longcast.logs;

import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import io.longcast.logs.template.TemplateSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers of the templates that lines fit, in the order of the templates. Not thread-safe. */
final class LineKeys {
  private final TemplateMatcher matcher;
  private final Map<String, Integer> keys = new HashMap<>();

  LineKeys(List<Template> templates, TemplateSpec spec) {
    matcher = TemplateMatcher.of(templates, spec);
    templates.forEach(template -> keys.put(template.text(), keys.size()));
  }

  /** The number of the template of a line's content; {@link SessionSet#UNSEEN} without one. */
  int of(String content) {
    Template template = matcher.match(content);
    return template == null ? SessionSet.UNSEEN : keys.get(template.text());
  }
}
