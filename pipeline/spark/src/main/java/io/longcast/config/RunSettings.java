package io.longcast.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of a run as flat text, for the manifest of its model: under the keys of {@code
 * reference.conf}, each as a word of the command line would give it, secrets hidden.
 */
public final class RunSettings {
  private static final Set<String> OF_EVERY_MODEL =
      Set.of("name", "seed", "preset", "training", "backtest", "output");
  private static final Set<String> OF_SERIES =
      Set.of(
          "source",
          "clean",
          "labels",
          "window",
          "split",
          "calendar",
          "model",
          "sampling",
          "forecast",
          "anomaly");

  private RunSettings() {}

  /** Settings by key of a run that learns from series. */
  public static Map<String, String> ofSeries(RunSpec run) {
    return of(run, OF_SERIES);
  }

  /** Settings by key of a run that learns by the section of another module. */
  public static Map<String, String> ofSection(RunSpec run, String section) {
    return of(run, Set.of(section));
  }

  private static Map<String, String> of(RunSpec run, Set<String> used) {
    Map<String, String> all = all(run);
    all.keySet()
        .removeIf(key -> !OF_EVERY_MODEL.contains(section(key)) && !used.contains(section(key)));
    return all;
  }

  /** All settings by key. */
  public static Map<String, String> all(RunSpec run) {
    Map<String, String> all = new TreeMap<>();
    Map<String, Object> sections = components(run);
    sections.remove("sections");
    sections.putAll(run.sections().byName());
    sections.forEach((name, value) -> flatten(name, value, all));
    return all;
  }

  private static String section(String key) {
    return key.replaceFirst("\\..*", "");
  }

  private static void flatten(String key, Object value, Map<String, String> into) {
    if (value instanceof Record section) {
      components(section).forEach((name, one) -> flatten(SpecBinder.join(key, name), one, into));
    } else if (value instanceof Map<?, ?> options) {
      options.forEach((name, one) -> flatten(SpecBinder.join(key, quoted(name)), one, into));
    } else {
      into.put(key, Secrets.shown(key, word(value)));
    }
  }

  private static Map<String, Object> components(Record section) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.put(component.getName(), component.getAccessor().invoke(section));
      } catch (ReflectiveOperationException broken) {
        throw new IllegalStateException("cannot read " + component + " of " + section, broken);
      }
    }
    return values;
  }

  private static String quoted(Object name) {
    String text = name.toString();
    return text.matches("[\\w.-]+") ? text : ConfigUtil.quoteString(text);
  }

  private static String word(Object value) {
    Object plain = plain(value);
    return plain instanceof String text
        ? CommandWord.value(text)
        : ConfigValueFactory.fromAnyRef(plain).render(ConfigRenderOptions.concise());
  }

  /** A value as the configuration library knows it. */
  private static Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(RunSettings::plain).orElse(null);
    } else if (value instanceof List<?> list) {
      return list.stream().map(RunSettings::plain).toList();
    } else if (value instanceof Record section) {
      Map<String, Object> values = components(section);
      values.replaceAll((name, one) -> plain(one));
      return values;
    } else if (value instanceof Duration duration) {
      return duration.toMillis() + "ms";
    }
    return value instanceof Enum<?> constant ? LeafReader.word(constant) : value;
  }
}
