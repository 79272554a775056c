package io.longcast.logs.template;

import io.longcast.logs.text.WorkLimitException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
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
  /** Version of the rules that cut lines into tokens: templates fit lines of the same only. */
  public static final int RULES = 1;

  private static final int REMEMBERED = 20_000;

  private final Map<String, Template> literal = new HashMap<>();

  /** By length, position and text of the first plain word; position -1 where there is none. */
  private final Map<Anchor, List<Candidate>> byAnchor = new HashMap<>();

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
    byAnchor.values().forEach(group -> group.sort(Candidate.MOST_CONSTANT));
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
    byAnchor
        .computeIfAbsent(Anchor.of(parts), anchor -> new ArrayList<>())
        .add(Candidate.of(template, parts));
  }

  /**
   * The template of a line's content, or null where none fits: neither does one to a line whose
   * masks exceed its budget of work.
   */
  public Template match(String content) {
    try {
      return matchMasked(tokens.masked(content));
    } catch (WorkLimitException tooMuch) {
      return null;
    }
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
    Candidate best = first(new Anchor(parts.length, -1, ""), parts, null);
    for (int i = 0; i < parts.length; i++) {
      if (LineTokens.isPlain(parts[i])) {
        best = first(new Anchor(parts.length, i, parts[i]), parts, best);
      }
    }
    return best == null ? null : best.template;
  }

  private Candidate first(Anchor anchor, String[] parts, Candidate best) {
    for (Candidate candidate : byAnchor.getOrDefault(anchor, List.of())) {
      if (candidate.fits(parts)) {
        boolean better = best == null || Candidate.MOST_CONSTANT.compare(candidate, best) < 0;
        return better ? candidate : best;
      }
    }
    return best;
  }

  /** Position of the first plain word of a template, in a line with the given number of tokens. */
  private record Anchor(int length, int position, String word) {
    static Anchor of(String[] parts) {
      for (int i = 0; i < parts.length; i++) {
        if (LineTokens.isPlain(parts[i])) {
          return new Anchor(parts.length, i, parts[i]);
        }
      }
      return new Anchor(parts.length, -1, "");
    }
  }

  private record Candidate(Template template, TokenPattern[] parts, int constants) {
    static final Comparator<Candidate> MOST_CONSTANT =
        Comparator.comparingInt((Candidate c) -> -c.constants)
            .thenComparing(c -> c.template.text());

    static Candidate of(Template template, String[] tokens) {
      TokenPattern[] parts =
          Arrays.stream(tokens).map(TokenPattern::of).toArray(TokenPattern[]::new);
      return new Candidate(
          template, parts, Arrays.stream(parts).mapToInt(TokenPattern::constants).sum());
    }

    boolean fits(String[] line) {
      for (int i = 0; i < parts.length; i++) {
        if (!parts[i].fits(line[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
