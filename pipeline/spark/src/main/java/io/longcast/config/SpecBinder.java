package io.longcast.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.longcast.settings.SettingException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Fills records from settings, component by key, and is strict about it: an unknown key, a missing
 * one, a value of the wrong type or out of the range that a record's constructor checks is a
 * problem. All problems are reported at once; where a constructor refuses a value, the reference's
 * value replaces it, so that the next one is checked too.
 *
 * <p>Components may be {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String},
 * enums, {@code Duration}, {@code Optional}, {@code List}, {@code Map<String, String>} and records
 * of these. A component of type {@link ModuleSections} holds the sections that other modules
 * declare.
 */
public final class SpecBinder {
  private static final int MAX_LISTED = 100;

  private final List<Problem> problems = new ArrayList<>();
  private int unlisted;
  private final List<SettingsSection> sections;

  private SpecBinder(List<SettingsSection> sections) {
    this.sections = sections;
  }

  /**
   * Binds a whole record.
   *
   * @param settings the settings with the reference's values below them
   * @param reference the reference's values alone: each fits its component
   * @throws InvalidSettingsException with every problem found
   */
  public static <T extends Record> T bind(
      Class<T> type, ConfigObject settings, ConfigObject reference) {
    ServiceLoader<SettingsSection> declared =
        ServiceLoader.load(SettingsSection.class, SettingsSection.class.getClassLoader());
    SpecBinder binder = new SpecBinder(declared.stream().map(ServiceLoader.Provider::get).toList());
    Object bound = binder.record(type, settings, reference, "");
    if (!binder.problems.isEmpty()) {
      throw new InvalidSettingsException(binder.problems, binder.unlisted);
    }
    return type.cast(bound);
  }

  private Object record(Class<?> type, ConfigObject from, ConfigObject reference, String path) {
    RecordComponent[] components = type.getRecordComponents();
    reportUnknownKeys(components, from, path);
    Object[] values = new Object[components.length];
    int before = count();
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      ConfigValue fallback = reference == null ? null : reference.get(name);
      values[i] =
          components[i].getType() == ModuleSections.class
              ? moduleSections(from, reference)
              : value(
                  components[i].getGenericType(), from.get(name), fallback, from, join(path, name));
    }
    return count() > before && hasHole(values)
        ? null
        : construct(type, values, from, reference, path);
  }

  /** The sections of other modules; null after a problem in one of them. */
  private ModuleSections moduleSections(ConfigObject from, ConfigObject reference) {
    Map<String, Record> bound = new TreeMap<>();
    for (SettingsSection section : sections) {
      String name = section.name();
      ConfigValue fallback = reference == null ? null : reference.get(name);
      Object value = value(section.type(), from.get(name), fallback, from, name);
      if (value == null) {
        return null;
      }
      bound.put(name, (Record) value);
    }
    return new ModuleSections(bound);
  }

  private static boolean hasHole(Object[] values) {
    return Arrays.asList(values).contains(null);
  }

  private void reportUnknownKeys(RecordComponent[] components, ConfigObject from, String path) {
    List<String> known =
        Arrays.stream(components)
            .flatMap(
                component ->
                    component.getType() == ModuleSections.class
                        ? sections.stream().map(SettingsSection::name)
                        : Stream.of(component.getName()))
            .toList();
    from.forEach(
        (key, value) -> {
          if (!known.contains(key) && isFull()) {
            unlisted++;
          } else if (!known.contains(key)) {
            String full = join(path, key);
            report(
                value.origin(),
                RenamedKeys.replacement(full)
                    .map(now -> "key " + full + " was renamed to " + now)
                    .orElseGet(() -> "unknown key " + full + Suggestion.of(key, known)));
          }
        });
  }

  /** The bound value; null after a problem, with the reference's value standing in if it can. */
  private Object value(
      Type type, ConfigValue value, ConfigValue fallback, ConfigObject owner, String path) {
    if (raw(type) == Optional.class) {
      boolean absent = value == null || value.valueType() == ConfigValueType.NULL;
      return absent
          ? Optional.empty()
          : Optional.ofNullable(value(argument(type, 0), value, fallback, owner, path));
    }
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      report(
          value == null ? owner.origin() : value.origin(),
          "missing key " + path + ", expected " + expected(type));
      return null;
    }
    if (raw(type) == List.class) {
      return list(argument(type, 0), value, path);
    }
    if (raw(type) == Map.class) {
      return map(value, path);
    }
    return raw(type).isRecord()
        ? nested(raw(type), value, fallback, path)
        : leaf(raw(type), value, fallback, path);
  }

  private Object nested(Class<?> type, ConfigValue value, ConfigValue fallback, String path) {
    if (value instanceof ConfigObject section) {
      return record(type, section, fallback instanceof ConfigObject below ? below : null, path);
    }
    wrongType(value, path, "a section { … }");
    return null;
  }

  private Object leaf(Class<?> type, ConfigValue value, ConfigValue fallback, String path) {
    try {
      return LeafReader.read(type, value);
    } catch (LeafReader.Mismatch mismatch) {
      wrongType(value, path, mismatch.getMessage());
      return standIn(type, fallback);
    }
  }

  private static Object standIn(Class<?> type, ConfigValue fallback) {
    try {
      return fallback == null ? null : LeafReader.read(type, fallback);
    } catch (LeafReader.Mismatch noReference) {
      return null;
    }
  }

  private List<Object> list(Type element, ConfigValue value, String path) {
    if (!(value instanceof ConfigList values)) {
      wrongType(value, path, "a list [ … ]");
      return null;
    }
    List<Object> bound = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Object one = value(element, values.get(i), null, null, path + "[" + i + "]");
      if (one == null) {
        return null;
      }
      bound.add(one);
    }
    return List.copyOf(bound);
  }

  private Map<String, String> map(ConfigValue value, String path) {
    if (!(value instanceof ConfigObject entries)) {
      wrongType(value, path, "a section { … }");
      return null;
    }
    Map<String, String> bound = new LinkedHashMap<>();
    flatten("", entries, bound);
    return Map.copyOf(bound);
  }

  private static void flatten(String prefix, ConfigObject entries, Map<String, String> into) {
    entries.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject inner) {
            flatten(join(prefix, key), inner, into);
          } else if (value.valueType() != ConfigValueType.NULL) {
            into.put(join(prefix, key), value.unwrapped().toString());
          }
        });
  }

  /** Builds the record; each value its constructor refuses is reported and replaced in turn. */
  private Object construct(
      Class<?> type, Object[] values, ConfigObject from, ConfigObject reference, String path) {
    RecordComponent[] components = type.getRecordComponents();
    for (int attempt = 0; attempt <= components.length; attempt++) {
      try {
        return constructor(type).newInstance(values);
      } catch (InvocationTargetException refused) {
        Optional<RefusedSetting> setting =
            RefusedSetting.of(refused.getCause(), from, reference, path);
        reportRange(refused.getCause(), setting, from, path);
        int at = setting.map(one -> indexOf(components, one.component())).orElse(-1);
        if (at < 0 || !replace(values, components, at, reference, path)) {
          return null;
        }
      } catch (ReflectiveOperationException broken) {
        throw new IllegalStateException("cannot build " + type.getName(), broken);
      }
    }
    return null;
  }

  private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor;
  }

  private static int indexOf(RecordComponent[] components, String name) {
    return Arrays.stream(components).map(RecordComponent::getName).toList().indexOf(name);
  }

  private static boolean replace(
      Object[] values, RecordComponent[] components, int at, ConfigObject reference, String path) {
    ConfigValue good = reference == null ? null : reference.get(components[at].getName());
    if (good == null) {
      return false;
    }
    SpecBinder quiet = new SpecBinder(List.of());
    Object stand =
        quiet.value(
            components[at].getGenericType(), good, good, reference, join(path, "reference"));
    boolean differs = stand != null && !stand.equals(values[at]);
    values[at] = stand;
    return differs;
  }

  private void reportRange(
      Throwable refusal, Optional<RefusedSetting> setting, ConfigObject from, String path) {
    if (!(refusal instanceof IllegalArgumentException)) {
      throw new IllegalStateException("the constructor of section " + path + " failed", refusal);
    }
    ConfigValue value = setting.map(RefusedSetting::value).orElse(null);
    String section = setting.isEmpty() && !path.isEmpty() ? " (section " + path + ")" : "";
    boolean contradiction = !(refusal instanceof SettingException one) || one.keys().size() > 1;
    ConfigOrigin origin = value == null ? from.origin() : value.origin();
    report(new Problem(ConfigLocation.of(origin), refusal.getMessage() + section, contradiction));
  }

  private void wrongType(ConfigValue value, String path, String expected) {
    report(value.origin(), path + " must be " + expected + ", found " + Secrets.shown(path, value));
  }

  private void report(ConfigOrigin origin, String what) {
    report(new Problem(ConfigLocation.of(origin), what));
  }

  private void report(Problem problem) {
    if (isFull()) {
      unlisted++;
    } else if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private int count() {
    return problems.size() + unlisted;
  }

  private boolean isFull() {
    return problems.size() >= MAX_LISTED;
  }

  private static String expected(Type type) {
    Class<?> raw = raw(type);
    return LeafReader.reads(raw) ? raw.getSimpleName() : "a section or list";
  }

  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
