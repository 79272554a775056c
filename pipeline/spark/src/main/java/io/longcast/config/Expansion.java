package io.longcast.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How large settings become once substitutions are put in, found without putting them in: each
 * value that refers to the one before twice doubles it.
 */
final class Expansion {
  private static final long MAX = 16L << 20;
  private static final char BELOW = '\u0001';

  /** Values with substitutions as text, others by an empty one, by path. */
  private final TreeMap<String, String> texts = new TreeMap<>();

  private final Map<String, Long> sizes = new HashMap<>();

  private Expansion() {}

  /**
   * @throws InvalidSettingsException if the values together have more than {@value #MAX} characters
   */
  static void requireBounded(Config settings) {
    Expansion expansion = new Expansion();
    expansion.collect("", settings.root());
    long size = 0;
    for (String path : expansion.texts.keySet()) {
      size += expansion.own(path);
      if (size > MAX) {
        throw SettingsText.refused(
            "settings", "with their substitutions they grow beyond %,d characters".formatted(MAX));
      }
    }
  }

  private void collect(String above, ConfigObject section) {
    section.forEach(
        (key, value) -> {
          String path = above.isEmpty() ? key : above + BELOW + key;
          if (!isResolved(value)) {
            texts.put(path, value.render(ConfigRenderOptions.concise()));
          } else if (value instanceof ConfigObject inner) {
            collect(path, inner);
          } else {
            texts.put(path, value.render(ConfigRenderOptions.concise()));
          }
        });
  }

  private static boolean isResolved(ConfigValue value) {
    try {
      return !(value instanceof ConfigObject object) || object.size() >= 0;
    } catch (ConfigException.NotResolved delayed) {
      return false;
    }
  }

  /** Characters of a value, at most a little beyond the limit. */
  private long own(String path) {
    Long known = sizes.get(path);
    if (known != null) {
      return known;
    }
    // A value that refers to itself: the resolver says so.
    sizes.put(path, 0L);
    String text = texts.get(path);
    long size = text.length();
    for (String reference : references(text)) {
      size = Math.min(MAX + 1, size + below(reference));
    }
    sizes.put(path, size);
    return size;
  }

  /** Characters of a value or of all values of a section. */
  private long below(String path) {
    long size = texts.containsKey(path) ? own(path) : 0;
    for (String inner : texts.subMap(path + BELOW, path + (char) (BELOW + 1)).keySet()) {
      size = Math.min(MAX + 1, size + own(inner));
    }
    return size;
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
