package io.longcast.anomaly.logs.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the template of a line among a frozen list: of those that fit token by token the one with
 * the most constants, of several such the first by text. Not thread-safe: it remembers recent
 * answers.
 */
public final class TemplateMatcher {
  private static final int REMEMBERED = 20_000;

  private final Map<String, Template> literal = new HashMap<>();
  private final Map<Integer, Map<String, List<Candidate>>> byFirst = new HashMap<>();
  private final LineTokens tokens;
  private final Map<String, Template> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Template> eldest) {
          return size() > REMEMBERED;
        }
      };

  private TemplateMatcher(Collection<Template> templates, LineTokens tokens) {
    this.tokens = tokens;
    templates.stream().sorted((a, b) -> a.text().compareTo(b.text())).forEach(this::add);
    byFirst
        .values()
        .forEach(groups -> groups.values().forEach(group -> group.sort(Candidate.MOST_CONSTANT)));
  }

  /** A matcher of lines as they are in the log. */
  public static TemplateMatcher of(Collection<Template> templates, TemplateSpec spec) {
    return new TemplateMatcher(templates, spec.tokens());
  }

  /** A matcher of lines that are masked already. */
  static TemplateMatcher of(Collection<Template> templates) {
    return new TemplateMatcher(templates, null);
  }

  private void add(Template template) {
    literal.put(template.text(), template);
    String[] parts = LineTokens.split(template.text());
    byFirst
        .computeIfAbsent(parts.length, length -> new HashMap<>())
        .computeIfAbsent(parts[0], first -> new ArrayList<>())
        .add(Candidate.of(template, parts));
  }

  /** The template of a line's content, or null where none fits. */
  public Template match(String content) {
    return matchMasked(tokens.masked(content));
  }

  Template matchMasked(String masked) {
    Template known = recent.get(masked);
    if (known == null) {
      known = search(masked);
      if (known != null) {
        recent.put(masked, known);
      }
    }
    return known;
  }

  private Template search(String masked) {
    Template exact = literal.get(masked);
    if (exact != null) {
      return exact;
    }
    String[] parts = LineTokens.split(masked);
    Map<String, List<Candidate>> groups = byFirst.getOrDefault(parts.length, Map.of());
    Candidate named = first(groups.getOrDefault(parts[0], List.of()), parts);
    Candidate wild = first(groups.getOrDefault(LineTokens.WILDCARD, List.of()), parts);
    Candidate best =
        named == null || wild != null && Candidate.MOST_CONSTANT.compare(wild, named) < 0
            ? wild
            : named;
    return best == null ? null : best.template;
  }

  private static Candidate first(List<Candidate> candidates, String[] parts) {
    for (Candidate candidate : candidates) {
      if (candidate.fits(parts)) {
        return candidate;
      }
    }
    return null;
  }

  private record Candidate(Template template, String[] parts, int constants) {
    static final java.util.Comparator<Candidate> MOST_CONSTANT =
        java.util.Comparator.comparingInt((Candidate c) -> -c.constants)
            .thenComparing(c -> c.template.text());

    static Candidate of(Template template, String[] parts) {
      int constants = 0;
      for (String part : parts) {
        constants += part.equals(LineTokens.WILDCARD) ? 0 : 1;
      }
      return new Candidate(template, parts, constants);
    }

    boolean fits(String[] line) {
      for (int i = 0; i < parts.length; i++) {
        if (!parts[i].equals(LineTokens.WILDCARD) && !parts[i].equals(line[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
