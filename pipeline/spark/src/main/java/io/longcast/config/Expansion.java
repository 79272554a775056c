package io.longcast.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An upper bound of how large settings become once substitutions are put in, found without putting
 * them in: each value that refers to the one before twice doubles it, and so does each definition
 * of a key that refers twice to the definition before.
 */
final class Expansion {
  private static final long MAX = 16L << 20;

  /** The library takes time with the square of the values beside a substitution. */
  private static final int MAX_VALUES = 20_000;

  private static final char BELOW = '\u0001';

  /** How much references of a cycle let settings grow at most, each: the maximum of k^(1/k). */
  private static final double GROWTH = Math.pow(3, 1 / 3.);

  /** The definitions of each value, oldest first; without substitutions the value alone. */
  private final TreeMap<String, List<String>> texts = new TreeMap<>();

  private final Map<String, Long> sizes = new HashMap<>();
  private long values;
  private final LinkedHashSet<String> open = new LinkedHashSet<>();

  /** Values that refer to one another, other than to their own former definitions. */
  private final Set<String> cyclic = new HashSet<>();

  private Expansion() {}

  /**
   * @throws InvalidSettingsException if there are more than {@value #MAX_VALUES} values, or if they
   *     have more than {@value #MAX} characters together
   */
  static void requireBounded(Config settings) {
    Expansion expansion = new Expansion();
    expansion.collect("", settings.root());
    if (expansion.values > MAX_VALUES) {
      throw SettingsText.refused(
          "settings",
          "expected at most %,d values, found %,d".formatted(MAX_VALUES, expansion.values));
    }
    double size = 0;
    for (String path : expansion.texts.keySet()) {
      size += expansion.own(path);
    }
    if (size * expansion.growth() > MAX) {
      throw SettingsText.refused(
          "settings", "with their substitutions they grow beyond %,d characters".formatted(MAX));
    }
  }

  private void collect(String above, ConfigObject section) {
    section.forEach(
        (key, value) -> {
          String path = above.isEmpty() ? key : above + BELOW + key;
          if (isResolved(value) && value instanceof ConfigObject inner) {
            collect(path, inner);
          } else {
            List<String> definitions = definitions(value);
            texts.put(path, definitions);
            values += definitions.stream().mapToLong(Expansion::count).sum();
          }
        });
  }

  /** A value, or those of a list or section with substitutions, at most. */
  private static long count(String definition) {
    boolean hasParts = definition.contains("${");
    return 1 + (hasParts ? definition.chars().filter(sign -> sign == ',').count() : 0);
  }

  private static boolean isResolved(ConfigValue value) {
    try {
      return !(value instanceof ConfigObject object) || object.size() >= 0;
    } catch (ConfigException.NotResolved delayed) {
      return false;
    }
  }

  /** The library writes the key before each definition that waits for others: one not in them. */
  private static List<String> definitions(ConfigValue value) {
    ConfigRenderOptions concise = ConfigRenderOptions.concise();
    String text = value.render(concise);
    if (!text.contains("${")) {
      return List.of(text);
    }
    String key = "k";
    while (text.contains(key)) {
      key += "k";
    }
    String marked = value.atKey(key).root().render(concise);
    return Stream.of(marked.split('"' + key + "\":", -1)).skip(1).toList();
  }

  private double growth() {
    long references =
        cyclic.stream()
            .flatMap(path -> texts.get(path).stream())
            .mapToLong(text -> references(text).size())
            .sum();
    return Math.pow(GROWTH, references);
  }

  /** Characters of a value, at most a little beyond the limit. */
  private long own(String path) {
    Long known = sizes.get(path);
    if (known != null) {
      if (cyclic.contains(path)) {
        close(path);
      }
      return known;
    }
    if (!open.add(path)) {
      close(path);
      return 0;
    }
    long size = 0;
    for (String definition : texts.get(path)) {
      size = Math.min(MAX + 1, defined(path, definition, size));
    }
    open.remove(path);
    sizes.put(path, size);
    return size;
  }

  /** Notes the values that are being measured as parts of one cycle, from a value on. */
  private void close(String path) {
    boolean within = false;
    for (String other : open) {
      within |= other.equals(path) || cyclic.contains(other);
      if (within) {
        cyclic.add(other);
      }
    }
  }

  /**
   * @param before characters of the definitions before, which a reference to the value itself means
   */
  private long defined(String path, String definition, long before) {
    long size = definition.length();
    boolean goesOn = false;
    for (String reference : references(definition)) {
      boolean itself = reference.equals(path);
      goesOn |= itself;
      size = Math.min(MAX + 1, size + (itself ? before : below(reference)));
    }
    // A section is merged with the one before.
    return goesOn ? size : size + before;
  }

  /** Characters of a value, of all values of a section, or of the value that a part belongs to. */
  private long below(String path) {
    long size = 0;
    for (String above = path; !above.isEmpty(); above = parent(above)) {
      if (texts.containsKey(above)) {
        size = own(above);
        break;
      }
    }
    for (String inner : texts.subMap(path + BELOW, path + (char) (BELOW + 1)).keySet()) {
      size = Math.min(MAX + 1, size + own(inner));
    }
    return size;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf(BELOW)));
  }

  private static List<String> references(String text) {
    List<String> references = new ArrayList<>();
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
      int end = text.indexOf('}', at);
      if (end > 0) {
        String path = text.substring(text.startsWith("${?", at) ? at + 3 : at + 2, end);
        references.add(canonical(path));
      }
    }
    return references;
  }

  private static String canonical(String path) {
    try {
      return String.join("" + BELOW, ConfigUtil.splitPath(path));
    } catch (ConfigException noPath) {
      return path;
    }
  }
}
