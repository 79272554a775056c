package io.longcast.logs.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the templates of the distinct masked lines that share length and first plain word. Lines
 * that differ in one position only are siblings; a position where {@code minValues} siblings or
 * more differ becomes a wildcard. Where one sibling has a masked value at that position ({@code
 * host=<*>}), those whose token fits ({@code host=local}) are absorbed by it. Candidates are taken
 * by (siblings descending, position, text) and applied until none remains, so the result does not
 * depend on the order of the lines.
 */
final class TemplateClusters {
  private final TemplateSpec spec;

  TemplateClusters(TemplateSpec spec) {
    this.spec = spec;
  }

  /**
   * @param counts distinct masked lines of one group with their counts
   * @return its templates in canonical order; each line counts for the one that {@link
   *     TemplateMatcher} gives it
   */
  List<Template> cluster(Map<String, Long> counts) {
    Set<String> texts = new HashSet<>();
    collect(counts.keySet(), texts);
    TemplateMatcher matcher =
        TemplateMatcher.of(texts.stream().map(text -> new Template(text, 0)).toList());
    Map<String, Long> totals = new TreeMap<>();
    counts.forEach(
        (line, count) -> totals.merge(matcher.matchMasked(line).text(), count, Long::sum));
    List<Template> templates = new ArrayList<>();
    totals.forEach((text, count) -> templates.add(new Template(text, count)));
    templates.sort(Template.CANONICAL);
    return templates;
  }

  private record Group(Collection<String> lines, int depth) {}

  /** Merges the lines; a group that is too large is split by its next token. */
  private void collect(Collection<String> lines, Set<String> into) {
    Deque<Group> groups = new ArrayDeque<>();
    groups.push(new Group(lines, 1));
    while (!groups.isEmpty()) {
      Group group = groups.pop();
      int tokens = LineTokens.split(group.lines().iterator().next()).length;
      if (group.lines().size() <= spec.maxGroup() || group.depth() >= tokens) {
        merge(group.lines()).forEach(line -> into.add(String.join(" ", line)));
      } else {
        parts(group).forEach(part -> groups.push(new Group(part, group.depth() + 1)));
      }
    }
  }

  private static Collection<List<String>> parts(Group group) {
    Map<String, List<String>> parts = new TreeMap<>();
    for (String line : group.lines()) {
      parts
          .computeIfAbsent(LineTokens.split(line)[group.depth()], token -> new ArrayList<>())
          .add(line);
    }
    return parts.values();
  }

  private List<String[]> merge(Collection<String> lines) {
    List<String[]> current = lines.stream().sorted().map(LineTokens::split).toList();
    while (true) {
      current = absorbed(current);
      List<Siblings> candidates = candidates(current);
      if (candidates.isEmpty()) {
        return current;
      }
      current = apply(candidates, current);
    }
  }

  /** The lines without those that another one, with a value at one position, covers. */
  private static List<String[]> absorbed(List<String[]> lines) {
    Map<Long, List<String[]>> byRest = new HashMap<>();
    for (String[] tokens : lines) {
      long sum = sum(tokens);
      for (int i = 0; i < tokens.length; i++) {
        if (TokenPattern.of(tokens[i]).absorbs()) {
          byRest.computeIfAbsent(rest(sum, tokens, i), rest -> new ArrayList<>()).add(tokens);
        }
      }
    }
    return lines.stream().filter(tokens -> !isAbsorbed(tokens, byRest)).toList();
  }

  private static boolean isAbsorbed(String[] tokens, Map<Long, List<String[]>> byRest) {
    long sum = sum(tokens);
    for (int i = 0; i < tokens.length; i++) {
      if (!tokens[i].contains(LineTokens.WILDCARD)) {
        for (String[] other : byRest.getOrDefault(rest(sum, tokens, i), List.of())) {
          if (TokenPattern.of(other[i]).absorbs(tokens[i])) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private List<Siblings> candidates(List<String[]> lines) {
    Map<Long, Siblings> byRest = new HashMap<>();
    for (int line = 0; line < lines.size(); line++) {
      String[] tokens = lines.get(line);
      long sum = sum(tokens);
      for (int position = 0; position < tokens.length; position++) {
        if (!tokens[position].equals(LineTokens.WILDCARD)) {
          byRest
              .computeIfAbsent(rest(sum, tokens, position), Siblings.at(tokens, position))
              .lines
              .add(line);
        }
      }
    }
    return byRest.values().stream()
        .filter(siblings -> siblings.lines.size() >= spec.minValues())
        .sorted(Siblings.ORDER)
        .toList();
  }

  private static List<String[]> apply(List<Siblings> candidates, List<String[]> lines) {
    String[][] merged = lines.toArray(String[][]::new);
    boolean[] taken = new boolean[merged.length];
    for (Siblings siblings : candidates) {
      if (siblings.lines.stream().noneMatch(line -> taken[line])) {
        String[] template = siblings.template();
        for (int line : siblings.lines) {
          taken[line] = true;
          merged[line] = template;
        }
      }
    }
    Map<String, String[]> distinct = new TreeMap<>();
    for (String[] tokens : merged) {
      distinct.put(String.join(" ", tokens), tokens);
    }
    return List.copyOf(distinct.values());
  }

  private static long sum(String[] tokens) {
    long sum = 0;
    for (int i = 0; i < tokens.length; i++) {
      sum += part(tokens[i], i);
    }
    return sum;
  }

  /** A hash of the tokens but one, from the sum over all. */
  private static long rest(long sum, String[] tokens, int position) {
    return sum - part(tokens[position], position) + part("", position);
  }

  /** A 64-bit hash of a token at a position; sums of them stand for lines. */
  private static long part(String token, int position) {
    long h = 0xCBF29CE484222325L + position * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < token.length(); i++) {
      h = (h ^ token.charAt(i)) * 0x100000001B3L;
    }
    h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
    return h ^ (h >>> 29);
  }

  /** Lines that are equal but for one position. */
  private static final class Siblings {
    static final Comparator<Siblings> ORDER =
        Comparator.<Siblings>comparingInt(s -> -s.lines.size())
            .thenComparingInt(s -> s.position)
            .thenComparing(s -> String.join(" ", s.template()));

    private final String[] tokens;
    private final int position;
    private final List<Integer> lines = new ArrayList<>();

    private Siblings(String[] tokens, int position) {
      this.tokens = tokens;
      this.position = position;
    }

    /** The tokens with a wildcard at the position. */
    private String[] template() {
      String[] template = Arrays.copyOf(tokens, tokens.length);
      template[position] = LineTokens.WILDCARD;
      return template;
    }

    static java.util.function.Function<Long, Siblings> at(String[] tokens, int position) {
      return rest -> new Siblings(tokens, position);
    }
  }
}
