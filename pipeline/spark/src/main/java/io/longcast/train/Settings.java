package io.longcast.train;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** Records as flat settings under their keys, to compare those of two runs by name. */
final class Settings {
  private Settings() {}

  /** Adds every component of a record, nested ones under their path. */
  static void flatten(String key, Object value, Map<String, String> into) {
    if (!(value instanceof Record)) {
      into.put(key, String.valueOf(value));
      return;
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        flatten(key + "." + component.getName(), component.getAccessor().invoke(value), into);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component + " of " + value, e);
      }
    }
  }

  /** What decides the outcome of a run: all but those of checkpoints, records and exchange. */
  static Map<String, String> of(TrainingSpec spec) {
    Map<String, String> settings = new TreeMap<>();
    flatten("training", spec, settings);
    settings.keySet().removeIf(key -> key.startsWith("training.checkpoint."));
    settings.remove("training.divergence.timeStepNorms");
    settings.remove("training.rounds");
    return settings;
  }

  /** The differences as text, empty where there are none. */
  static String differences(Map<String, String> before, Map<String, String> now) {
    TreeMap<String, String> all = new TreeMap<>(before);
    all.putAll(now);
    StringBuilder words = new StringBuilder();
    for (String key : all.keySet()) {
      String was = before.getOrDefault(key, "absent");
      String is = now.getOrDefault(key, "absent");
      if (!was.equals(is)) {
        words.append(words.isEmpty() ? "" : "; ");
        words.append(key).append(" was ").append(was).append(" and is ").append(is);
      }
    }
    return words.toString();
  }
}
